/** The law of terms: days, zones, terms, calendars, deadlines, money, rates. No offer in sight. */
export { calendarOf, findCalendar } from './calendar.js';
export { addMonths, civil, dayOf, daysInMonth, formatDay, parseDay, weekday } from './day.js';
export { deadlineOf, deriveDeadline } from './deadline.js';
export { parseInstant } from './instant.js';
export { isRefusal, LAW_REFUSALS, refuse, type LawCode } from './refusal.js';
export { formatTerm, parseTerm } from './term.js';
export { findZone, zoneDataProblem, zoneOf } from './zone.js';
export type * from './types.js';
export {
  accrued,
  convert,
  formatMoney,
  parseMoney,
  parseRatio,
  percentOf,
  perMyriad,
  type Ratio,
  type Stretch,
  type Tiyn,
} from './money.js';
export { mciOn, vatOn } from './rates.js';
export { sayDeadline, type Language } from './sentences.js';
