import { defineConfig } from 'vitest/config';

/**
 * The zones differ from Merzim's own and from each other, so that a result that leans on the process's zone shows.
 * One kind of test runs after the other, so that what measures time is not disturbed.
 * The integration tests run in processes of their own: they hold native connections and are killed on purpose.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['{rules,compose,prisma,compose,api,cli,activities,workflows,worker,launch,bench}/**/*.test.ts'],
          env: { TZ: 'America/St_Johns' },
          pool: 'forks',
          setupFiles: ['test/support/properties.ts'],
          // A property with more cases takes as many times longer.
          testTimeout: process.env['MERZIM_RUNS'] === undefined ? 20_000 : 900_000,
        },
      },
      {
        test: {
          name: 'integration',
          sequence: { groupOrder: 1 },
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/servers.ts'],
          env: { TZ: 'Pacific/Chatham' },
          pool: 'forks',
          maxWorkers: 2,
          setupFiles: ['test/support/properties.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'long',
          sequence: { groupOrder: 2 },
          include: ['test/long/**/*.test.ts'],
          globalSetup: ['test/support/servers.ts'],
          env: { TZ: 'Pacific/Kiritimati' },
          pool: 'forks',
          maxWorkers: 2,
          setupFiles: ['test/support/properties.ts'],
          testTimeout: 900_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
