import type { Refusal } from './types.js';

/**
 * The law's part of the one catalogue of errors: every code that `rules/law` can refuse with, and when it does.
 * A test keeps it equal to what the code says.
 */
export const LAW_REFUSALS = {
  'term.unreadable': 'The text is not a term: `[more than] N <unit> [before] [, that day included] [, no roll]`.',
  'term.bare_days': 'The term says "days" and not which of the three kinds: calendar, working or bank days.',
  'term.number': 'The number of a term is not a positive whole number.',
  'term.too_long': 'The term is longer than a hundred years.',
  'term.more_than_before': 'A term is both "more than" and "before": one opens after a day, the other ends before one.',
  'term.before_unit': '"Before" stands with hours of work, which are not counted back from a day.',
  'term.inclusive_unit':
    '"That day included" stands with a unit that is not counted in days: months and longer, hours of work.',
  'day.unreadable': 'The text is not a day of the calendar in the form YYYY-MM-DD, or outside the years 1990-2100.',
  'instant.unreadable': 'The text is not an instant in ISO 8601.',
  'instant.no_offset': 'The instant has no offset from UTC, so it may be any of several moments.',
  'instant.out_of_range': 'The instant lies outside the years 1990-2100.',
  'zone.unknown': 'There is no time zone of this name.',
  'hours.unreadable': 'Hours of work are not of the form HH:MM-HH:MM, or do not open before they close.',
  'calendar.unknown': 'There is no calendar of this name.',
  'calendar.entries': 'A file of days for the calendar is not of its form.',
  'calendar.year': 'The year lies outside 1990-2100.',
  'money.unreadable': 'The text is not an amount of money: a decimal with at most two digits after the point.',
  'money.too_large': 'The amount is larger than anything that is paid: more than 90 trillion.',
  'rate.unreadable': 'The text is not a rate: a positive decimal.',
  'due.line_unreadable': 'A line of the batch is not an object with "term" and "from".',
  'due.line_too_long': 'A line of the batch is longer than a mebibyte.',
} as const;

export type LawCode = keyof typeof LAW_REFUSALS;

/** A refusal from the catalogue, with a sentence that names what was given and what would be right. */
export function refuse(code: LawCode, message: string, where?: string): Refusal {
  return where === undefined ? { code, message } : { code, message, where };
}

/** True when a value is a refusal and not what was asked for. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}
