/** One figure beside its peers, measured in the same run. `ratio` is ours over the peer that `against` names. */
export interface Row {
  readonly id: string;
  readonly work: string;
  readonly ours: number;
  readonly unit: string;
  readonly peers: Readonly<Record<string, number>>;
  readonly ratio: number;
  readonly against: string;
  /** Lowest and highest round of ours. */
  readonly spread: readonly [number, number];
}

export interface Measured {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Runs `work` (which does `size` things) for some rounds: things per second of the processor's time, median and spread. Processor
 * time, because peers are compared on machines that do other work too. The sum keeps the work from being left out.
 */
export function perSecond(size: number, work: () => number, rounds = 7, roundMs = 150): Measured {
  let kept = work();
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = process.cpuUsage();
    let done = 0;
    let spentMs = 0;
    // The clock is asked once in a while: it costs more than a thousand deadlines.
    while (spentMs < roundMs) {
      const until = done + Math.max(size, Math.ceil(done / 4));
      while (done < until) {
        kept += work();
        done += size;
      }
      const { user, system } = process.cpuUsage(began);
      spentMs = (user + system) / 1000;
    }
    rates.push((done * 1000) / spentMs);
  }
  if (Number.isNaN(kept)) throw new Error('The work that was measured gave no result.');
  rates.sort((a, b) => a - b);
  return { median: rates[rounds >> 1]!, low: rates[0]!, high: rates[rounds - 1]! };
}

/** Microseconds of the processor's time for one call of `work`, which may be asynchronous: median and spread of some rounds after a warm-up. */
export async function microseconds(work: () => unknown, rounds = 9, roundMs = 120): Promise<Measured> {
  await many(work, 2 * roundMs);
  const figures: number[] = [];
  for (let round = 0; round < rounds; round++) figures.push(await many(work, roundMs));
  figures.sort((a, b) => a - b);
  return { median: figures[rounds >> 1]!, low: figures[0]!, high: figures[rounds - 1]! };
}

async function many(work: () => unknown, forMs: number): Promise<number> {
  const began = process.cpuUsage();
  for (let calls = 1, batch = 1; ; calls += batch, batch = Math.ceil(calls / 4)) {
    for (let call = 0; call < batch; call++) {
      const answer = work();
      if (answer instanceof Promise) await answer;
    }
    const { user, system } = process.cpuUsage(began);
    if ((user + system) / 1000 >= forMs) return (user + system) / (calls + batch - 1);
  }
}
