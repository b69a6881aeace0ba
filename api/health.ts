import type { App } from './areas/area.js';
import type { Parts } from './ports.js';

/** Public: whether this process lives, and whether it can work. Says nothing else to nobody. */
export function health(app: App, { record, clock }: Parts): void {
  app.get('/healthz', { schema: { summary: 'This process lives' } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { schema: { summary: 'Database and Temporal answer' } }, async (_request, reply) => {
    const [database, temporal] = await Promise.all([works(record.ping()), works(clock.ping())]);
    const ready = database && temporal;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', database, temporal });
  });
}

/** Whether it answers within three seconds. */
function works(answer: Promise<void>): Promise<boolean> {
  const patience = new Promise<boolean>((resolve) => setTimeout(resolve, 3_000, false).unref());
  return Promise.race([answer.then(() => true).catch(() => false), patience]);
}
