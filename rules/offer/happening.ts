import type { EffectKind } from '../engine/outcome.js';
import type { Refusal } from '../law/types.js';
import { compileCondition } from './condition.js';
import type { EventSpec, Happening, Topic } from './types.js';

const WORDS = [
  'conclusion',
  'end',
  'application',
  'settled',
  'debt settled',
  'all settled',
  'account settled',
  'month end',
  'named end',
] as const;
const CHAIN = /^(lapse|met|use|opening) of (\S+)$/;
const PERFORMANCE = /^performance of (\S+) (\S+)$/;
const FACT = /^[a-z]+(\.[a-z]+)+$/;

/** Reads `lapse of 5.4`, `invoice.presented`, `performance of 4.6 notify`, `settled` … ; refuses what is none of them. */
export function readHappening(text: string, where: string): Happening | Refusal {
  const word = WORDS.find((one) => one === text);
  if (word) return { on: word };
  const chain = CHAIN.exec(text);
  if (chain) return { on: chain[1] as 'lapse', ref: chain[2] as string };
  const performance = PERFORMANCE.exec(text);
  if (performance) return { on: 'performance', ref: performance[1] as string, kind: performance[2] as EffectKind };
  if (FACT.test(text)) return { on: 'fact', type: text };
  return {
    code: 'offer.happening',
    where,
    message: `"${text}" is nothing that happens; it is a fact (invoice.presented), "lapse of <clause>", "met of <clause>", "use of <clause>", "opening of <clause>", "performance of <clause> <kind>", or one of: ${WORDS.join(', ')}`,
  };
}

/** Reads one or several happenings, each a text or `{ on, when, subject, after }`. */
export function readEvents(source: unknown, where: string): readonly EventSpec[] | Refusal {
  if (source === undefined) return [];
  const list = Array.isArray(source) ? source : [source];
  const events: EventSpec[] = [];
  for (const [position, item] of list.entries()) {
    const place = Array.isArray(source) ? `${where}[${position}]` : where;
    const node: Record<string, unknown> = typeof item === 'string' ? { on: item } : (item as Record<string, unknown>);
    const what = readHappening(String(node['on']), place);
    if ('code' in what) return what;
    const when = node['when'] === undefined ? null : compileCondition(node['when'], `${place}.when`);
    if (when !== null && typeof when !== 'function') return when;
    events.push({
      what,
      topic: unlinked(what),
      when,
      whenSource: node['when'] ?? null,
      subject: node['subject'] === 'any' ? 'any' : 'same',
      afterOpening: node['after'] === 'opening',
    });
  }
  return events;
}

/** A topic that has its key only: the whole offer has to be read before it is known what starts by it (`linkTopics`). */
const unlinked = (what: Happening): Topic => ({
  key: keyOfHappening(what),
  place: -1,
  starts: [],
  remembered: false,
  pays: [],
});

/** The key of a happening: what it is made known and waited for by. */
export function keyOfHappening(what: Happening): string {
  switch (what.on) {
    case 'fact':
      return what.type;
    case 'lapse':
    case 'met':
    case 'use':
    case 'opening':
      return `${what.on}:${what.ref}`;
    case 'performance':
      return `performance:${what.ref}:${what.kind}`;
    default:
      return what.on;
  }
}
