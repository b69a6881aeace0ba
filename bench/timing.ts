/** One figure beside its peers, measured in the same run. */
export interface Row {
  readonly id: string;
  /** Our figure, a median. */
  readonly ours: number;
  readonly unit: string;
  readonly peers: Readonly<Record<string, number>>;
  /** How many times better than the first peer. */
  readonly ratio: number;
  /** Lowest and highest of the counted runs. */
  readonly spread?: readonly [number, number];
}

export interface Timing {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Microseconds of one call: the median of several samples after a warm-up, with the spread. */
export async function timed(work: () => unknown, samples = 15, sampleMs = 60): Promise<Timing> {
  const warmUntil = performance.now() + 300;
  let calls = 0;
  while (performance.now() < warmUntil || calls < 2) {
    await work();
    calls++;
  }
  const perSample = Math.max(1, Math.floor((calls * sampleMs) / 300));
  const figures: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const start = performance.now();
    for (let call = 0; call < perSample; call++) {
      const answer = work();
      if (answer instanceof Promise) await answer;
    }
    figures.push(((performance.now() - start) * 1000) / perSample);
  }
  figures.sort((left, right) => left - right);
  return { median: figures[samples >> 1] as number, low: figures[0] as number, high: figures.at(-1) as number };
}

/** A row for a figure of time: less is better. */
export function row(id: string, unit: string, ours: Timing, peers: Readonly<Record<string, number>>): Row {
  const first = Object.values(peers)[0] ?? ours.median;
  return { id, ours: ours.median, unit, peers, ratio: first / ours.median, spread: [ours.low, ours.high] };
}
