import { parts, type Words } from './words.js';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

export const en: Words = {
  date: (day) => {
    const [year, month, date] = parts(day);
    return `${date} ${MONTHS[month]} ${year}`;
  },
  dates: (from, to) => {
    const [[year, month, first], [lastYear, lastMonth, last]] = [parts(from), parts(to)];
    if (year !== lastYear) return `${en.date(from)} to ${en.date(to)}`;
    return month === lastMonth
      ? `${first}-${last} ${MONTHS[month]} ${year}`
      : `${first} ${MONTHS[month]} to ${last} ${MONTHS[lastMonth]} ${year}`;
  },
  moment: (date, time, offset) => `${time} on ${date} (UTC${offset})`,
  length: ({ n, unit, moreThan }) => {
    const half = unit === 'half-months' ? ` (${15 * n} days)` : '';
    return `${moreThan ? 'more than ' : ''}${n} ${n === 1 ? unit.slice(0, -1) : unit}${half}`;
  },
  reasons: {},
  lieu: (day, name) => `in lieu of ${day}, ${name}`,
  movedFrom: (day) => `day off moved from ${day}`,
  weekends: (days) => `${days} days of weekends`,
  more: (days) => `${days} more days off`,
  forward: (term, anchor, inclusive) => `The term is ${term} from ${anchor}${inclusive ? ', that day included' : ''}.`,
  firstDay: (day) => `Day 1 is ${day}.`,
  backward: (term, anchor, first) =>
    `The term is ${term} before ${anchor}, counted back${first === null ? '' : `; day 1 is ${first}`}.`,
  skipped: (list) => `Not counted: ${list}.`,
  tolled: (from, to) => `The term was suspended from ${from} to ${to}; that time is not counted.`,
  tolledBack: (from, to) => `A suspension ran from ${from} to ${to}.`,
  tolledOpen: (from) => `The term has been suspended since ${from}.`,
  rolled: (day, reason, suspended) =>
    `The last day would have been ${day}, which is not worked (${reason}), so it ends on the next working day${suspended ? ' outside the suspension' : ''}.`,
  movedAfterToll: (day) =>
    `The last day would have been ${day}, while the term was suspended, so it ends on the first working day after.`,
  held: (act, published) =>
    `The change of the calendar that was published on ${published} (${act}) cannot end the term before the day after that.`,
  lastDay: (day, date, time) => `The last day is ${day}, until 24:00; from ${time} on ${date} the term has run out.`,
  passed: (day, date, time) => `It has fully passed with ${day}; from ${time} on ${date} the term is exceeded.`,
  lastDayBefore: (day, date, time) => `The last day to act is ${day}, until 24:00; from ${time} on ${date} it is late.`,
  hours: (due) => `Hours run through nights and days off; the term runs out at ${due}.`,
  hoursMore: (due) => `Hours run through nights and days off; the term is exceeded from ${due}.`,
  hoursBefore: (due) => `Hours run through nights and days off; it is late from ${due}.`,
  workHours: (weekdays, saturday) =>
    `Only hours of work are counted: ${weekdays} on working days${saturday === null ? '' : `, ${saturday} on Saturdays`}.`,
  begins: (moment) => `The count begins at ${moment}.`,
  workEnds: (due) => `The term runs out at ${due}.`,
  workEndsMore: (due) => `The term is exceeded from ${due}.`,
  nextMonth: (anchor, date, time) => `From ${time} on ${date}: the first day of the month after ${anchor}.`,
  noEnd: () => 'The last day is set when the suspension ends.',
  move: (act, published, from, to) =>
    `The calendar was changed on ${published} (${act}): the last day moved from ${from} to ${to}.`,
  moveEnd: (act, published, from, to) =>
    `The calendar was changed on ${published} (${act}): the end of the term moved from ${from} to ${to}.`,
  law: (articles) => `Civil Code of Kazakhstan, article${articles.length === 1 ? '' : 's'} ${articles.join(', ')}.`,
};
