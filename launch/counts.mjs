import { writeFileSync } from 'node:fs';

/**
 * Counts for the summary. A file that does not load, a hook that throws and an error outside of any test are failures
 * as well, although vitest counts no test for them.
 */
export default class Counts {
  constructor() {
    process.once('disconnect', () => process.exit(1)); // `npm test` was killed: do not go on alone
    process.channel?.unref();
  }

  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const brokenGroups = groups.filter((group) => group.errors().length > 0).length;
    const count = (...states) => tests.filter((state) => states.includes(state)).length;
    const counts = {
      passed: count('passed'),
      failed: count('failed', 'pending') + brokenGroups + unhandled.length,
      skipped: count('skipped'),
    };
    if (process.env.MERZIM_COUNTS) writeFileSync(process.env.MERZIM_COUNTS, JSON.stringify(counts));
  }
}
