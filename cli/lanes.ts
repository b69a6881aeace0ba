import type { Outcome, TimelineView } from '../rules/engine/outcome.js';

const WIDTH = 60;
const END: Readonly<Record<TimelineView['state'], string>> = {
  met: '●',
  lapsed: '✕',
  cancelled: '○',
  running: '▷',
  tolled: '~',
};

/** The clocks of a contract drawn as lanes, one for each clause and subject: what ran, how it ended, what is still to come. */
export function laneLines(outcome: Outcome): string[] {
  if (outcome.timelines.length === 0) return [];
  const now = Date.parse(outcome.asOf);
  const first = Math.min(...outcome.timelines.map((one) => Date.parse(one.opened)));
  // What lies far ahead (a retention of ten years) would squeeze the rest: the picture looks a third of its past ahead.
  const ahead = now + Math.max((now - first) / 3, 86_400_000);
  const dues = outcome.timelines.flatMap((one) =>
    one.state === 'running' && one.due !== null ? [Date.parse(one.due)] : [],
  );
  const last = Math.max(now, Math.min(ahead, Math.max(now, ...dues)));
  const column = (at: number): number =>
    last === first ? 0 : Math.min(WIDTH - 1, Math.max(0, Math.round(((at - first) / (last - first)) * (WIDTH - 1))));

  const lanes = new Map<string, TimelineView[]>();
  for (const one of outcome.timelines) {
    const name = `${one.clause} ${one.subject}`;
    lanes.set(name, [...(lanes.get(name) ?? []), one]);
  }
  const wide = Math.max(...[...lanes.keys()].map((name) => name.length));
  const rows = [...lanes].map(([name, runs]) => `  ${name.padEnd(wide)}  ${draw(runs, now, column)}`);
  const from = outcome.timelines[0]?.opened.slice(0, 10) ?? '';
  const until = new Date(last).toISOString().slice(0, 10);
  const axis = `${from}${' '.repeat(Math.max(1, WIDTH - from.length - until.length))}${until}`;
  const mark = `${' '.repeat(column(now))}▼ ${outcome.asOf.slice(0, 10)}`;
  return [
    '',
    'lanes (● met, ✕ lapsed, ○ cancelled, ▷ due, ~ tolled)',
    `  ${' '.repeat(wide)}  ${axis}`,
    `  ${' '.repeat(wide)}  ${mark}`,
    ...rows,
  ];
}

function draw(runs: readonly TimelineView[], now: number, column: (at: number) => number): string {
  const cells: string[] = Array.from({ length: WIDTH }, () => ' ');
  for (const run of runs) {
    const start = column(Date.parse(run.opened));
    const end = run.closed ?? run.due;
    const stop = end === null ? WIDTH - 1 : column(Date.parse(end));
    for (let cell = start; cell <= stop; cell++) cells[cell] = cell <= column(now) ? '━' : '╌';
    if (end !== null || run.state === 'tolled') cells[stop] = END[run.state];
  }
  return cells.join('').trimEnd();
}
