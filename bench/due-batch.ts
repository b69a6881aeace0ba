import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Row } from './measure.js';

const LINES = 1_000_000;
const TERMS = [
  '5 bank days',
  '10 calendar days',
  '1 month',
  '3 working days',
  'more than 15 calendar days',
  '48 hours',
];

/** What a program does that reads lines, parses each, adds business days with a library and writes an answer. */
const PEER = `
  import { createInterface } from 'node:readline';
  import { addBusinessDays } from 'date-fns';
  let out = '';
  for await (const line of createInterface({ input: process.stdin })) {
    const { term, from } = JSON.parse(line);
    const due = addBusinessDays(new Date(from), Number.parseInt(term.replace(/\\D+/, ''), 10) || 1);
    out += JSON.stringify({ due: due.toISOString() }) + '\\n';
    if (out.length > 65536) { process.stdout.write(out); out = ''; }
  }
  process.stdout.write(out);`;

/** P1b: `merzim due --batch` end to end, from the start of the process to its last line. */
export async function batchRow(): Promise<Row> {
  const input = lines();
  const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
  const ours = [];
  for (let round = 0; round < 5; round++) ours.push(await linesPerSecond([main, 'due', '--batch'], input));
  const peer = await linesPerSecond(['--input-type=module', '-e', PEER], input);
  ours.sort((a, b) => a - b);
  const median = ours[2]!;
  const name = 'readline + JSON.parse + date-fns';
  return {
    id: 'P1b',
    work: 'merzim due --batch, end to end',
    ours: median,
    unit: 'lines/s',
    peers: { [name]: peer },
    ratio: median / peer,
    against: name,
    spread: [ours[0]!, ours[4]!],
  };
}

async function linesPerSecond(args: readonly string[], input: Buffer): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let count = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++;
  });
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0 || count !== LINES) throw new Error(`The program answered ${count} of ${LINES} lines, exit ${code}.`);
  return (LINES * 1000) / (performance.now() - began);
}

function lines(): Buffer {
  const two = (n: number): string => String(n).padStart(2, '0');
  const list: string[] = [];
  for (let i = 0; i < LINES; i++) {
    const from = `${2023 + (i % 5)}-${two(1 + (i % 12))}-${two(1 + (i % 28))}T${two(i % 24)}:${two(i % 60)}:00+05:00`;
    list.push(`{"term":"${TERMS[i % TERMS.length]!}","from":"${from}"}\n`);
  }
  return Buffer.from(list.join(''));
}
