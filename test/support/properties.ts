/**
 * `npm test` gives property tests one seed, so that its cases are always the same; the long run and a single file draw a new one and print it
 * when they fail. MERZIM_SEED=<number> repeats a run, MERZIM_RUNS=<number> asks for more cases. Most files have no properties, so the library is loaded only then.
 */
const seed = process.env['MERZIM_SEED'];
const numRuns = process.env['MERZIM_RUNS'];

if (seed !== undefined || numRuns !== undefined) {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(numRuns === undefined ? {} : { numRuns: Number(numRuns) }),
  });
}
export {};
