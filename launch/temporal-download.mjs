// Fetches the Temporal server through the SDK into the folder named by the first argument, and ends.
import { Runtime } from '@temporalio/worker';
import { TestWorkflowEnvironment } from '@temporalio/testing';

Runtime.install({ shutdownSignals: [], telemetryOptions: { logging: { filter: 'ERROR' } } });
try {
  const server = { executable: { type: 'cached-download', downloadDir: process.argv[2] } };
  const environment = await TestWorkflowEnvironment.createLocal({ server });
  await environment.teardown();
} catch (thrown) {
  process.stdout.write(`${thrown.message.slice(0, 200)}\n`);
  process.exitCode = 1;
}
