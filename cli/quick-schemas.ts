import { z } from 'zod';

/*
 * A command reads one file and ends: compiling its schemas to JavaScript first takes a tenth of the half second that it has.
 * Must be imported before anything that makes a schema.
 */
z.config({ jitless: true });
