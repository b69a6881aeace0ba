import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/prisma/client.js';
import { ENGINE, type Engine, type LawSource } from './engine.js';
import { shippedLaws } from './laws.js';
import { WAVE_LIMITS, type WaveLimits } from './waves.js';
import { memoryOf, type Memory } from './memory.js';

/** An open record: connections, the law it is judged by, and what judges. */
export interface Rec {
  readonly pool: pg.Pool;
  /** For lists of read models; name the tenant first (`ofTenant`). */
  readonly prisma: PrismaClient;
  readonly laws: LawSource;
  readonly engine: Engine;
  /** Width of the window over which wakings at midnight are spread, ms. */
  readonly spreadMs: number;
  /** From how many undoings on a wave pauses. */
  readonly waves: WaveLimits;
  /** What need not be read again. */
  readonly memory: Memory;
  close(): Promise<void>;
}

/** How a record is opened. */
export interface RecordOptions {
  /** The laws of this build by default. */
  readonly laws?: LawSource;
  /** The product's own by default. */
  readonly engine?: Engine;
  /** Connections at most; 10 by default. */
  readonly connections?: number;
  /** 15 minutes by default. */
  readonly spreadMs?: number;
  /** 20 for a contract and 200 an hour for a tenant by default. */
  readonly waves?: Partial<WaveLimits>;
  /** Facts of contracts that this process keeps in memory, together; 20,000 by default, about 40 MB. */
  readonly remembered?: number;
  /** Told of connections that broke while idle (a restart of PostgreSQL); the pool replaces them by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/** Opens the record under the application's credential. Connects lazily: a database that is away shows at the first use. */
export function openRecord(url: string, options: RecordOptions = {}): Promise<Rec> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    types: TYPES,
    pipeline: true, // what needs no answer is sent behind what was sent before (`flight`)
    ...PATIENCE,
  });
  const onIdleError = options.onIdleError ?? (() => undefined);
  pool.on('error', onIdleError);
  // A connection that breaks says so once more while it is being thrown away; unheard, that would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return Promise.resolve({
    pool,
    prisma,
    laws: options.laws ?? shippedLaws(),
    engine: options.engine ?? ENGINE,
    spreadMs: options.spreadMs ?? 15 * 60_000,
    waves: { ...WAVE_LIMITS, ...options.waves },
    memory: memoryOf(options.remembered ?? 20_000),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  });
}

/** A frozen process must not keep a contract's lock, and nobody waits for ever for a connection. */
const PATIENCE = { connectionTimeoutMillis: 10_000, idle_in_transaction_session_timeout: 60_000 };

const { TIMESTAMPTZ, INT8, DATE } = pg.types.builtins;

/** Instants are integers of milliseconds inside, days are text. */
const TYPES = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(oid, format);
    if (oid === TIMESTAMPTZ) return toInstant;
    if (oid === INT8) return Number;
    if (oid === DATE) return String;
    return pg.types.getTypeParser(oid, 'text');
  },
} as pg.CustomTypesConfig;

const parseTimestamp = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => Date;

function toInstant(text: string): number {
  return parseTimestamp(text).getTime();
}
