import { outcomesOf } from './judge-elsewhere.js';

/** A process of its own: `node elsewhere.js <seed> <runs>` prints what it judges. */
const [seed, numRuns] = process.argv.slice(2).map(Number) as [number, number];
process.stdout.write(outcomesOf(seed, numRuns));
