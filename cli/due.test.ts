import { Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCalendar, parseInstant, parseTerm, zoneOf } from '../rules/law/index.js';
import type { Calendar } from '../rules/law/types.js';
import { calendar as calendarCommand } from './calendar.js';
import { lineReader } from './due-line.js';
import { due } from './due.js';

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const streamsOf = (chunks: readonly (string | Buffer)[] = []) => ({
  stdin: Readable.from(chunks.map((chunk) => Buffer.from(chunk as string))),
  stdout: new Sink(),
  stderr: new Sink(),
});

const call = async (args: readonly string[], input: readonly (string | Buffer)[] = []) => {
  const streams = streamsOf(input);
  const exit = await due(args, streams);
  return { exit, out: streams.stdout.text, err: streams.stderr.text };
};
const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('merzim due', () => {
  test('one term as JSON', async () => {
    const { exit, out, err } = await call(['5 bank days', '--from', '2026-03-12T06:00:00Z', '--json']);
    expect([exit, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      term: '5 bank days',
      from: '2026-03-12T11:00:00+05:00',
      lastDay: '2026-03-19',
      due: '2026-03-20T00:00:00+05:00',
      provisional: false,
      derivation: {
        term: '5 bank days',
        anchor: '2026-03-12T11:00:00+05:00',
        firstCounted: '2026-03-13',
        skipped: [
          { day: '2026-03-14', reason: 'Saturday' },
          { day: '2026-03-15', reason: 'Sunday' },
        ],
        rawLastDay: '2026-03-19',
        rolled: [],
        lastDay: '2026-03-19',
        due: '2026-03-20T00:00:00+05:00',
        moves: [],
        articles: ['173', '176(1)'],
      },
    });
  });

  test('the words of a term need no quotes, and people get sentences', async () => {
    const { exit, out } = await call(['5', 'bank', 'days', '--from', '2027-03-12T11:00:00+05:00']);
    expect(exit).toBe(0);
    expect(out).toContain('last day  2027-03-25');
    expect(out).toContain('provisional');
    expect(out).toContain('Constitution Day');
  });

  test.each([
    [['5 days', '--from', '2026-03-12T11:00:00+05:00'], 'term.bare_days'],
    [['-3 hours', '--from', '2026-03-12T11:00:00+05:00'], 'term.number'],
    [['-3', 'hours', '--from', '2026-03-12T11:00:00+05:00'], 'term.number'],
    [['4 working hours before', '--from', '2026-03-12T11:00:00+05:00'], 'term.before_unit'],
    [['5 bank days', '--from', '2026-03-12T11:00:00'], 'instant.no_offset'],
    [['5 bank days', '--from', 'today'], 'instant.unreadable'],
    [['5 bank days'], 'cli.usage'],
    [['--from', '2026-03-12T11:00:00+05:00'], 'cli.usage'],
    [['5 bank days', '--form', 'x'], 'cli.usage'],
    [['5 bank days', '--batch'], 'cli.usage'],
    [['5 bank days', '--from', '2026-03-12T11:00:00+05:00', '--zone', 'Mars/Base'], 'zone.unknown'],
    [['5 bank days', '--from', '2026-03-12T11:00:00+05:00', '--calendar', 'XX'], 'calendar.unknown'],
  ])('%j is a wrong call: %s', async (args, code) => {
    const { exit, out, err } = await call(args);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(new RegExp(`^${code.replace('.', '\\.')}: .+\\n$`));
  });
});

describe('merzim due --batch', () => {
  const input =
    '{"term":"5 bank days","from":"2026-03-12T11:00:00+05:00"}\n' +
    '{"term": "5 bank days", "from": "2026-03-12T11:00:00+05:00", "zone": "Europe/Berlin"}\n' +
    '{"from":"2026-03-12T06:00:00Z","term":"48 hours"}\r\n' +
    'not json\n' +
    '\n' +
    '[1]\n' +
    '{"term":"5 days","from":"2026-03-12T11:00:00+05:00"}\n' +
    '{"term":"5 bank days"}\n' +
    '{"term":"5 bank days","from":"2026-02-30T11:00:00+05:00"}\n' +
    '{"term":"бес күн","from":"2026-03-12T11:00:00+05:00"}\n' +
    '{"term":"5 bank days","from":"2026-03-12T11:00:00+05:00"}';
  const codes = ['due.line_unreadable', 'due.line_unreadable', 'due.line_unreadable', 'term.bare_days'];

  test('answers each line in its place, bad ones with an error', async () => {
    const { exit, out } = await call(['--batch'], [input]);
    expect(exit).toBe(0);
    const answers = lines(out);
    expect(answers).toHaveLength(11);
    const first = { lastDay: '2026-03-19', due: '2026-03-20T00:00:00+05:00', provisional: false };
    expect(answers[0]).toEqual(first);
    expect(answers[1]).toEqual({ ...first, due: '2026-03-20T00:00:00+01:00' });
    expect(answers[2]).toEqual({ lastDay: '2026-03-14', due: '2026-03-14T11:00:00+05:00', provisional: false });
    const errors = answers.slice(3, 10).map((answer) => (answer['error'] as { code: string }).code);
    expect(errors).toEqual([...codes, 'due.line_unreadable', 'instant.unreadable', 'term.unreadable']);
    expect((answers[9]!['error'] as { message: string }).message).toContain('бес күн');
    expect(answers[10]).toEqual(first);
  });

  test('it does not matter how the stream is cut into chunks', async () => {
    const bytes = Buffer.from(input);
    const whole = (await call(['--batch'], [input])).out;
    for (const size of [1, 2, 7, 64]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect((await call(['--batch'], chunks)).out).toBe(whole);
    }
  });

  test('nothing in, nothing out', async () => {
    expect(await call(['--batch'])).toEqual({ exit: 0, out: '', err: '' });
  });

  test('a line without an end does not fill the memory, and the next one is answered', async () => {
    const long = [
      '{"term":"',
      ...Array.from({ length: 40 }, () => 'x'.repeat(65_536)),
      '"}\n',
      input.split('\n')[0]!,
      '\n',
    ];
    const answers = lines((await call(['--batch'], long)).out);
    expect(answers.map((answer) => (answer['error'] as { code?: string } | undefined)?.code)).toEqual([
      'due.line_too_long',
      undefined,
    ]);
  });

  test('the fast way and the long way of reading a line answer alike', () => {
    const zone = zoneOf('Asia/Almaty');
    const reader = lineReader(zone, findCalendar('KZ') as Calendar);
    const two = (n: number) => String(n).padStart(2, '0');
    const part = (min: number, max: number) => fc.integer({ min, max }).map(two);
    const date = fc.tuple(fc.integer({ min: 1988, max: 2102 }), part(0, 13), part(0, 32));
    const time = fc.tuple(part(0, 25), part(0, 61), part(0, 61), fc.constantFrom('+', '-'), part(0, 20), part(0, 61));
    const terms = fc.constantFrom(
      '5 bank days',
      '1 month',
      '36 hours',
      '40 working hours',
      '10 calendar days before',
      'more than 2 weeks',
      '60 years',
      '5 days',
    );
    fc.assert(
      fc.property(date, time, terms, ([y, m, d], [h, min, s, sign, oh, om], term) => {
        const from = `${y}-${m}-${d}T${h}:${min}:${s}${sign}${oh}:${om}`;
        const text = `{"term":"${term}","from":"${from}"}`;
        // The same content in another order is never read by its letters.
        const long = `{"from":"${from}","term":"${term}"}`;
        reader.line(`{"term":"${term}","from":"2026-01-01T00:00:00Z"}`, 0, 999);
        expect(reader.line(text, 0, text.length)).toBe(reader.line(long, 0, long.length));
        if (typeof parseInstant(from) !== 'number' || 'code' in parseTerm(term)) {
          expect(reader.line(text, 0, text.length)).toContain('"error"');
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('merzim calendar show', () => {
  const show = async (args: readonly string[]) => {
    const streams = streamsOf();
    const exit = await calendarCommand(args, streams);
    return { exit, out: streams.stdout.text, err: streams.stderr.text };
  };

  test('a year: days off with reasons, moved days, counts, sources', async () => {
    const { exit, out } = await show(['show', '2024', '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      calendar: 'KZ',
      year: 2024,
      provisional: false,
      workingDays: 249,
      bankDays: 248,
      moved: [{ worked: '2024-05-04', off: '2024-05-08' }],
    });
    expect(JSON.parse(out).byMonth[4]).toEqual({ month: 5, working: 20, bank: 19 });
    expect((await show(['show', '2027'])).out).toContain('2027, provisional');
  });

  test.each([
    [['show', '1812'], 'calendar.year'],
    [['show', 'x'], 'calendar.year'],
    [['show', '2026', '--calendar', 'XX'], 'calendar.unknown'],
    [['show'], 'cli.usage'],
    [['list', '2026'], 'cli.usage'],
  ])('%j is a wrong call: %s', async (args, code) => {
    const { exit, out, err } = await show(args);
    expect([exit, out]).toEqual([2, '']);
    expect(err.startsWith(`${code}: `)).toBe(true);
  });
});
