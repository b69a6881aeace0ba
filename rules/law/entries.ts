import { parse } from 'yaml';
import { z } from 'zod';
import { parseDay } from './day.js';
import { parseInstant } from './instant.js';
import { isRefusal } from './refusal.js';
import type { CalendarEntry, Refusal, Zone } from './types.js';

/** The form of a calendar file: what an operator's own bank closes on, or an order that came after this release. */
const schema = z.array(
  z.strictObject({
    day: z.string(),
    kind: z.enum(['day off', 'working', 'bank closure', 'regular']),
    reason: z.string().min(1),
    act: z.string().min(1),
    source: z.string().min(1),
    published: z.string(),
    loaded: z.string(),
  }),
);

const refuse = (file: string, place: string, message: string): Refusal => ({
  code: 'calendar.entries',
  message,
  where: `${file} ${place}`.trim(),
});

/**
 * Reads entries of a calendar from YAML: day, kind, reason, act, source, when it was published (a day is its 00:00) and when it was loaded here.
 * An entry moves deadlines only from its publication on, and views of an earlier knowledge do not see it. Refuses with file and place.
 */
export function readCalendarEntries(text: string, file: string, zone: Zone): readonly CalendarEntry[] | Refusal {
  let source: unknown;
  try {
    source = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    return refuse(file, '', error instanceof Error ? error.message : String(error));
  }
  const checked = schema.safeParse(source ?? []);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return refuse(file, issue?.path.join('.') ?? '', issue?.message ?? 'not a list of entries');
  }
  const entries: CalendarEntry[] = [];
  for (const [position, one] of checked.data.entries()) {
    const day = parseDay(one.day);
    if (isRefusal(day)) return refuse(file, `${position}.day`, day.message);
    const published = instantOf(one.published, zone);
    if (isRefusal(published)) return refuse(file, `${position}.published`, published.message);
    const loaded = instantOf(one.loaded, zone);
    if (isRefusal(loaded)) return refuse(file, `${position}.loaded`, loaded.message);
    const { kind, reason, act, source: from } = one;
    entries.push({ day, kind, reason, act, source: from, publishedAt: published, loadedAt: loaded });
  }
  return entries;
}

/** An instant with its offset, or a day for its 00:00. */
function instantOf(text: string, zone: Zone): number | Refusal {
  const day = parseDay(text);
  return isRefusal(day) ? parseInstant(text, zone) : zone.startOf(day);
}
