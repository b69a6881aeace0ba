import type { Row } from './measure.js';

/** The benches by name. `npm run bench -- due judge --json` runs some of them, for machines. */
const BENCHES: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  due: async () => (await import('./due.js')).rows(),
  judge: async () => (await import('./judge.js')).rows(),
  record: async () => (await import('./record.js')).rows(),
  offers: async () => (await import('./offers.js')).rows(),
};

const figure = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toPrecision(2);

async function main(argv: readonly string[]): Promise<void> {
  const json = argv.includes('--json');
  const chosen = argv.filter((word) => !word.startsWith('--'));
  const unknown = chosen.find((name) => !(name in BENCHES));
  if (unknown !== undefined) {
    process.stderr.write(
      `bench.unknown: there is no bench "${unknown}"; there are ${Object.keys(BENCHES).join(', ')}\n`,
    );
    process.exitCode = 2;
    return;
  }
  const all: Row[] = [];
  for (const name of chosen.length > 0 ? chosen : Object.keys(BENCHES)) {
    const rows = await (BENCHES[name] as () => Promise<readonly Row[]>)();
    all.push(...rows);
    if (json) continue;
    for (const row of rows) {
      const peers = Object.entries(row.peers).map(([peer, value]) => `${peer}: ${figure(value)}`);
      const spread = ` (${figure(row.spread[0])}–${figure(row.spread[1])})`;
      process.stdout.write(
        `${row.id.padEnd(14)} ${figure(row.ours)}${spread} ${row.unit} ${row.work}; ratio ${figure(row.ratio)}; ${peers.join('; ')}\n`,
      );
    }
  }
  if (json) process.stdout.write(`${JSON.stringify(all)}\n`);
}

await main(process.argv.slice(2));
