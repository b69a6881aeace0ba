import { addBusinessDays } from 'date-fns';
import dayjs from 'dayjs';
import businessDays from 'dayjs-business-days2';
import luxonBusiness, { type BusinessDateTime } from 'luxon-business-days';
import { calendarOf, deadlineOf, deriveDeadline, formatDay, parseDay, parseTerm, zoneOf } from '../rules/law/index.js';
import { DAY } from '../rules/law/span.js';
import type { AnyTerm, Day } from '../rules/law/types.js';
import { batchRow } from './due-batch.js';
import { perSecond, type Measured, type Row } from './measure.js';

const SIZE = 4096;
const FEW = 64;
const forever = Number.POSITIVE_INFINITY;

/** P1 and P1b: deadlines in bank days, hot, told, and as a stream of lines. */
export async function rows(): Promise<Row[]> {
  const raw = perSecond(SIZE, rawLoop());
  const hot = perSecond(SIZE, hotDeadlines());
  const told = perSecond(SIZE, toldDeadlines());
  const luxon = perSecond(FEW, luxonDays());
  const peers = {
    'raw prefix-sum loop': raw.median,
    'luxon-business-days': luxon.median,
    'dayjs-business-days2': perSecond(FEW, dayjsDays()).median,
    'date-fns addBusinessDays': perSecond(FEW, dateFnsDays()).median,
  };
  return [
    row('P1', 'due of a bank-day term', hot, peers, 'luxon-business-days'),
    row('P1-raw', 'the same beside a raw loop', hot, peers, 'raw prefix-sum loop'),
    row('P1-told', 'the same with its derivation', told, peers, 'luxon-business-days'),
    await batchRow(),
  ];
}

/** The peer that the ratio is about comes first. */
function row(id: string, work: string, ours: Measured, all: Record<string, number>, against: string): Row {
  const peers = { [against]: all[against]!, ...all };
  const spread = [ours.low, ours.high] as const;
  return {
    id,
    work,
    ours: ours.median,
    unit: 'deadlines/s',
    peers,
    ratio: ours.median / peers[against]!,
    against,
    spread,
  };
}

/** Starts from June 2024 to November 2026 and terms of 1 to 20 bank days, the same for everybody; a generator with a fixed seed. */
function starts(): { readonly at: number; readonly n: number }[] {
  let seed = 20260319;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const first = parseDay('2024-06-01') as Day;
  return Array.from({ length: SIZE }, () => ({
    at: (first + next(913)) * DAY + next(86_400) * 1000,
    n: 1 + next(20),
  }));
}

function terms(): AnyTerm[] {
  return starts().map(({ n }) => parseTerm(`${n} bank days`) as AnyTerm);
}

function context() {
  return { zone: zoneOf('Asia/Almaty'), calendar: calendarOf('KZ'), asOf: forever, knownAt: forever, opened: 0 };
}

function hotDeadlines(): () => number {
  const ctx = context();
  const events = starts().map(({ at }) => ({ event: at }));
  const lengths = terms();
  return () => {
    let sum = 0;
    for (let i = 0; i < SIZE; i++) {
      ctx.opened = events[i]!.event;
      sum += deadlineOf(lengths[i]!, events[i]!, ctx).due!;
    }
    return sum;
  };
}

function toldDeadlines(): () => number {
  const ctx = context();
  const events = starts().map(({ at }) => ({ event: at }));
  const lengths = terms();
  return () => {
    let sum = 0;
    for (let i = 0; i < SIZE; i++) {
      ctx.opened = events[i]!.event;
      sum += deadlineOf(lengths[i]!, events[i]!, ctx).due!;
      sum += deriveDeadline(lengths[i]!, events[i]!, ctx).skipped.length;
    }
    return sum;
  };
}

/** The least that an answer can cost: two look-ups in bare tables, one offset, no terms, no zone, no object to answer with. */
function rawLoop(): () => number {
  const view = calendarOf('KZ').view(forever, forever);
  const from = parseDay('2020-01-01') as Day;
  const before = new Int32Array(4000);
  const days = new Int32Array(4000);
  for (let i = 0, count = 0; i < 4000; i++) {
    if (view.isBank(from + i)) days[count++] = from + i;
    before[i] = count;
  }
  const list = starts();
  const offset = 18_000_000;
  return () => {
    let sum = 0;
    for (let i = 0; i < SIZE; i++) {
      const { at, n } = list[i]!;
      const day = Math.floor((at + offset) / DAY) - from;
      sum += (days[before[day]! + n - 1]! + 1) * DAY - offset;
    }
    return sum;
  };
}

/** Days off of the years around, for peers that take holidays. */
function holidays(): string[] {
  const view = calendarOf('KZ').view(forever, forever);
  const list: string[] = [];
  for (let day = parseDay('2022-01-01') as Day; day <= (parseDay('2027-12-31') as Day); day++) {
    if (!view.isWorking(day)) list.push(formatDay(day));
  }
  return list;
}

function luxonDays(): () => number {
  const off = new Set(holidays());
  const list = starts().slice(0, FEW);
  const { DateTime } = luxonBusiness;
  const isOff = (day: BusinessDateTime): boolean => off.has(day.toISODate());
  DateTime.prototype.setupBusiness({ holidayMatchers: [isOff] });
  return () => {
    let sum = 0;
    for (const { at, n } of list) {
      sum += DateTime.fromMillis(at, { zone: 'Asia/Almaty' }).plusBusiness({ days: n }).toMillis();
    }
    return sum;
  };
}

function dayjsDays(): () => number {
  dayjs.extend(businessDays as never, { holidays: holidays(), holidayFormat: 'YYYY-MM-DD' } as never);
  const list = starts().slice(0, FEW);
  return () => {
    let sum = 0;
    for (const { at, n } of list) {
      sum += (dayjs(at) as unknown as { businessDaysAdd(n: number): { valueOf(): number } })
        .businessDaysAdd(n)
        .valueOf();
    }
    return sum;
  };
}

/** Knows weekends only. */
function dateFnsDays(): () => number {
  const list = starts().slice(0, FEW);
  return () => {
    let sum = 0;
    for (const { at, n } of list) sum += addBusinessDays(at, n).getTime();
    return sum;
  };
}
