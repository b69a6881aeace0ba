import type { IncomingMessage } from 'node:http';

/**
 * Reads what is left of a request and throws it away, so that whoever still writes gets to hear the answer: a connection
 * that is closed while its other end writes takes the answer with it. Gives up after `most` bytes or `patienceMs`.
 */
export function drain(request: IncomingMessage, most = 128 * 1024 * 1024, patienceMs = 10_000): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve();
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve();
  return new Promise((resolve) => {
    let read = 0;
    const count = (chunk: Buffer): void => {
      read += chunk.length;
      if (read > most) enough();
    };
    const enough = (): void => {
      clearTimeout(timer);
      request.off('data', count).off('end', enough).off('close', enough).off('error', enough);
      request.pause();
      resolve();
    };
    const timer = setTimeout(enough, patienceMs);
    request.on('data', count).on('end', enough).on('close', enough).on('error', enough);
    request.resume();
  });
}
