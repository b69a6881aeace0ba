import { TRANSFERS } from '../rules/data/kz-calendar.js';
import { dayOf, daysInMonth, findCalendar, formatDay, isRefusal, refuse, weekday } from '../rules/law/index.js';
import { actsOf } from '../rules/law/calendar.js';
import type { CalendarView, Day, Refusal } from '../rules/law/types.js';
import { readWords } from './due-args.js';
import type { Streams } from './due.js';
import type { Exit } from './io.js';

const END = Number.POSITIVE_INFINITY;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A year of a calendar, as everything that ships with it says. */
export interface CalendarYear {
  readonly calendar: string;
  readonly year: number;
  /** No official list of this year is known: it is computed from the law. */
  readonly provisional: boolean;
  /** Weekdays that are not worked. */
  readonly off: readonly { readonly day: string; readonly weekday: string; readonly reason: string }[];
  /** Days moved by order: the weekend day that is worked and the weekday that is off for it. */
  readonly moved: readonly {
    readonly worked: string;
    readonly off: string;
    readonly act: string;
    readonly source: string;
  }[];
  readonly workingDays: number;
  readonly bankDays: number;
  readonly byMonth: readonly { readonly month: number; readonly working: number; readonly bank: number }[];
  readonly sources: readonly { readonly act: string; readonly source: string; readonly published: string | null }[];
}

const USAGE = 'merzim calendar show <year> [--calendar KZ] [--json]';

/** `merzim calendar`: takes the words of the command line as they are. */
export async function calendar(
  words: readonly string[],
  streams: Pick<Streams, 'stdout' | 'stderr'> = process,
): Promise<Exit> {
  const read = readWords(words, ['calendar'], ['json'], USAGE);
  const [verb, year, ...more] = isRefusal(read) ? [] : read.words;
  if (isRefusal(read) || verb !== 'show' || year === undefined || more.length > 0) {
    const message = isRefusal(read) ? read.message : `Usage: ${USAGE}`;
    streams.stderr.write(`cli.usage: ${message}\n`);
    return 2;
  }
  return calendarShow(year, String(read.options['calendar'] ?? 'KZ'), read.options['json'] === true, streams);
}

/** `merzim calendar show <year>`: resolves to 0, or 2 with `code: sentence` for a year or calendar that is not there. */
export async function calendarShow(
  year: string | number,
  calendarId: string,
  json: boolean,
  streams: Pick<Streams, 'stdout' | 'stderr'> = process,
): Promise<Exit> {
  const answer = calendarYear(Number(year), calendarId);
  if (isRefusal(answer)) {
    streams.stderr.write(`${answer.code}: ${answer.message}\n`);
    return 2;
  }
  streams.stdout.write(json ? `${JSON.stringify(answer)}\n` : text(answer));
  return 0;
}

/** The same as data. Refuses years outside 1990-2100. */
export function calendarYear(year: number, calendarId: string): CalendarYear | Refusal {
  const found = findCalendar(calendarId);
  if (isRefusal(found)) return found;
  if (!Number.isInteger(year) || year < 1990 || year > 2100) {
    return refuse('calendar.year', 'The year must be a whole number from 1990 to 2100.');
  }
  const view = found.view(END, END);
  const [first, last] = [dayOf(year, 1, 1), dayOf(year, 12, 31)];
  return {
    calendar: found.id,
    year,
    provisional: view.provisional(first, last),
    off: weekdaysOff(view, first, last),
    moved: TRANSFERS.filter((transfer) => transfer.off.startsWith(`${year}-`)).map(({ worked, off, act, source }) => ({
      worked,
      off,
      act,
      source,
    })),
    workingDays: view.workingIn(first, last),
    bankDays: view.bankIn(first, last),
    byMonth: Array.from({ length: 12 }, (_, i) => {
      const [from, to] = [dayOf(year, i + 1, 1), dayOf(year, i + 1, daysInMonth(year, i + 1))];
      return { month: i + 1, working: view.workingIn(from, to), bank: view.bankIn(from, to) };
    }),
    sources: actsOf(year),
  };
}

function weekdaysOff(view: CalendarView, first: Day, last: Day): CalendarYear['off'] {
  const off: { day: string; weekday: string; reason: string }[] = [];
  for (let day = first; day <= last; day++) {
    const reason = view.reasonOff(day);
    if (weekday(day) <= 5 && reason !== null)
      off.push({ day: formatDay(day), weekday: WEEKDAYS[weekday(day) - 1]!, reason });
  }
  return off;
}

function text(answer: CalendarYear): string {
  const lines = [
    `${answer.calendar} ${answer.year}${answer.provisional ? ', provisional: no official list of this year is known' : ''}`,
    `working days ${answer.workingDays}, bank days ${answer.bankDays}`,
    '',
    'month   working  bank',
    ...answer.byMonth.map(
      ({ month, working, bank }) =>
        `${String(month).padStart(5)}   ${String(working).padStart(7)}  ${String(bank).padStart(4)}`,
    ),
    '',
    'weekdays off',
    ...answer.off.map(({ day, weekday: name, reason }) => `${day} ${name}  ${reason}`),
    ...(answer.moved.length === 0
      ? []
      : ['', 'moved', ...answer.moved.map(({ worked, off, act }) => `${worked} worked, ${off} off: ${act}`)]),
    '',
    'sources',
    ...answer.sources.map(
      ({ act, source, published }) => `${act}${published === null ? '' : `, ${published}`}: ${source}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
