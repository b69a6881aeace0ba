import { parentPort } from 'node:worker_threads';
import { answerSimulation } from './simulation.js';
import type { Delivery, Order } from './simulator.js';

/** The thread of `openSimulator`: answers one order after another. What is thrown here ends it, and the next order starts another. */
parentPort?.on('message', ({ number, request }: Order) => {
  const delivery: Delivery = { number, answered: answerSimulation(request) };
  parentPort?.postMessage(delivery);
});
