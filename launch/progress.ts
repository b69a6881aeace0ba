/** Says on the terminal what takes long. */
export type Tell = (line: string) => void;

/** To stderr, because stdout belongs to answers. */
export const tellStderr: Tell = (line) => void process.stderr.write(`${line}\n`);

/** Says what is being done when it takes more than a second, and again every half a minute. */
export async function whileTelling<T>(tell: Tell, what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  let next = 1_000;
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - began;
    if (elapsedMs < next) return;
    tell(next === 1_000 ? `${what} …` : `${what} … (${Math.round(elapsedMs / 1000)} s)`);
    next = elapsedMs + 30_000;
  }, 250);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
