import { Worker } from 'node:worker_threads';
import type { Answered } from './once.js';
import { refuse } from './refusal.js';
import { answerSimulation, type SimulationRequest } from './simulation.js';

/** Where simulations run. */
export interface Simulator {
  run(request: SimulationRequest): Promise<Answered>;
  close(): Promise<void>;
}

/** In the thread that asks: for tests, and for whoever has nothing else to do. */
export const simulatorHere: Simulator = {
  run: (request) => Promise.resolve(answerSimulation(request)),
  close: () => Promise.resolve(),
};

/** What the thread is sent and sends back. */
export interface Order {
  readonly number: number;
  readonly request: SimulationRequest;
}
export interface Delivery {
  readonly number: number;
  readonly answered: Answered;
}

/**
 * One thread beside the one that answers requests: a long life simulated for one person must not keep the portal waiting.
 * Simulations run one after another; one that takes longer than `timeoutMs` is ended and refused.
 * @param thread the file of the thread
 */
export function openSimulator(
  timeoutMs = 20_000,
  thread: URL = new URL('./simulation-thread.js', import.meta.url),
): Simulator {
  let worker: Worker | null = null;
  let number = 0;
  let last: Promise<unknown> = Promise.resolve();

  const runOne = (request: SimulationRequest): Promise<Answered> =>
    new Promise((resolve, reject) => {
      worker ??= new Worker(thread);
      const mine = worker;
      const order: Order = { number: ++number, request };
      const give = async (settle: () => void, alive: boolean): Promise<void> => {
        clearTimeout(timer);
        mine.off('message', onMessage).off('error', onError);
        if (!alive) {
          worker = null;
          await mine.terminate();
        }
        settle();
      };
      const tooLong = refuse('simulation.too_long', `the simulation took longer than ${timeoutMs / 1000} seconds`);
      const timer = setTimeout(() => void give(() => resolve(tooLong), false), timeoutMs);
      const onMessage = (delivery: Delivery): void => {
        if (delivery.number === order.number) void give(() => resolve(delivery.answered), true);
      };
      const onError = (error: Error): void => void give(() => reject(error), false);
      mine.on('message', onMessage).on('error', onError);
      mine.postMessage(order);
    });

  return {
    run(request) {
      const mine = last.then(() => runOne(request));
      last = mine.catch(() => undefined);
      return mine;
    },
    async close() {
      await worker?.terminate();
      worker = null;
    },
  };
}
