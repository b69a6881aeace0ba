import type { Refusal } from '../law/types.js';
import { readEvents } from './happening.js';
import type { ConsequenceFile } from './schema.js';
import type { Consequence } from './types.js';

const PERCENT = /^(\d+(?:\.\d{1,2})?) ?%$/;
const MCI = /^(\d+(?:\.\d{1,2})?) MCI$/;

/** `0.1 %` as parts of ten thousand: 10. */
function percent(text: string, where: string): number | Refusal {
  const found = PERCENT.exec(text);
  if (!found) return { code: 'offer.percent', where, message: `"${text}" is not a percentage such as "0.1 %"` };
  return Math.round(Number(found[1]) * 100);
}

/** Reads one consequence of a rule; refuses wrong numbers and unknown happenings with the place. */
export function readConsequence(source: ConsequenceFile, where: string): Consequence | Refusal {
  if ('restrict' in source || 'suspend' in source) {
    const until = readEvents(source.until, `${where}.until`);
    if ('code' in until) return until;
    const field = source.since ?? source.from;
    const from = field === undefined ? null : { field, back: source.since !== undefined };
    return 'restrict' in source
      ? { do: 'restrict', functions: source.restrict, until, from }
      : { do: 'suspend', until, from };
  }
  if ('fine' in source) {
    const found = MCI.exec(source.fine);
    if (!found) return { code: 'offer.fine', where, message: `"${source.fine}" is not a fine such as "2 MCI"` };
    return { do: 'fine', mciHundredths: Math.round(Number(found[1]) * 100) };
  }
  if ('penalty' in source) {
    const daily = percent(source.penalty, `${where}.penalty`);
    if (typeof daily !== 'number') return daily;
    const cap = source.cap === undefined ? null : percent(source.cap, `${where}.cap`);
    if (cap !== null && typeof cap !== 'number') return cap;
    return { do: 'penalty', perMyriad: daily, of: source.of, capPerMyriad: cap };
  }
  if ('compensate' in source) return { do: 'compensate', limit: source.limit ?? null };
  if ('notify' in source) return { do: 'message', kind: 'notify', what: source.notify, to: source.to ?? 'participant' };
  if ('prepare' in source)
    return { do: 'message', kind: 'prepare', what: source.prepare, to: source.to ?? 'participant' };
  if ('register' in source) return { do: 'message', kind: 'register', what: source.register, to: 'state' };
  if ('invoice' in source) return { do: 'message', kind: 'invoice', what: source.invoice, to: 'participant' };
  if ('request-signature' in source)
    return {
      do: 'message',
      kind: 'request-signature',
      what: source['request-signature'],
      to: source.to ?? 'participant',
    };
  if ('presume' in source) return { do: 'presume', meaning: source.presume, as: source.as ?? null };
  if ('contract' in source)
    return source.contract === 'concluded' ? { do: 'conclude' } : { do: 'end', named: source.named ?? null };
  if ('amendment' in source)
    return source.amendment === 'applies'
      ? { do: 'apply', named: source.named ?? true, nextMonth: source['next month'] ?? false }
      : { do: 'refuse amendment' };
  if ('consent' in source)
    return {
      do: 'consent',
      state: source.consent,
      purpose: source.purpose ?? null,
      unlessDebt: source['unless debt'] ?? false,
    };
  if ('keep' in source) return { do: 'keep', functions: source.keep };
  const until = readEvents(source.until, `${where}.until`);
  if ('code' in until) return until;
  const clock = until.find(({ what }) => what.on === 'month end' || what.on === 'named end');
  if (clock !== undefined)
    return {
      code: 'offer.happening',
      where: `${where}.until`,
      message: `a question waits for what happens, not for "${clock.what.on}"`,
    };
  return { do: 'ask', question: source.ask, until };
}
