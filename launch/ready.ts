import { Failure, reasonOf } from './failure.mjs';

const SECONDS = 90;

/** Waits until GET /readyz answers 200, or nobody waits any more. Throws a Failure with the last answer. */
export async function waitUntilReady(url: string, isOver: () => boolean): Promise<void> {
  let answer = 'no answer';
  for (const end = Date.now() + SECONDS * 1000; Date.now() < end && !isOver();) {
    try {
      const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
      const text = await response.text();
      if (response.status === 200) return;
      answer = `${response.status} ${text.slice(0, 300)}`;
    } catch (thrown) {
      answer = reasonOf(thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Failure('start.not_ready', { url, seconds: SECONDS, answer });
}
