/** What a field of the outcome is, as far as a check may name it. */
export type Shape =
  | { readonly is: 'text' | 'number' | 'flag' | 'anything' }
  | { readonly is: 'list'; readonly of: Shape }
  | { readonly is: 'object'; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly is: 'map'; readonly of: Shape };

const text: Shape = { is: 'text' };
const number: Shape = { is: 'number' };
const flag: Shape = { is: 'flag' };
const texts: Shape = { is: 'list', of: text };
const object = (fields: Readonly<Record<string, Shape>>): Shape => ({ is: 'object', fields });
const list = (fields: Readonly<Record<string, Shape>>): Shape => ({ is: 'list', of: object(fields) });
const about = { clause: text, subject: text };

/** Everything that a check may name: the outcome of the public contract without `next`, `wakeAt` and keys. */
export const OUTCOME: Shape = object({
  offer: object({ id: text, edition: text }),
  contract: object({ state: text, concludedAt: text, endsAt: text, endedAt: text }),
  timelines: list({
    ...about,
    run: text,
    kind: text,
    debtor: text,
    edition: text,
    state: text,
    opened: text,
    lastDay: text,
    due: text,
    closed: text,
    provisional: flag,
    tolledDays: number,
  }),
  rights: list({ ...about, holder: text, state: text, openedAt: text, usedAt: text }),
  restrictions: list({ ...about, functions: texts, from: text, to: text }),
  access: { is: 'map', of: object({ open: flag, causes: list({ ...about, since: text }) }) },
  presumptions: list({ ...about, at: text, meaning: text }),
  consents: list({ purpose: text, state: text, at: text }),
  ledger: object({
    entries: list({ ...about, at: text, kind: text, amount: text, currency: text, days: number, provisional: flag }),
    balance: { is: 'map', of: text },
  }),
  effects: list({
    ...about,
    generation: number,
    kind: text,
    at: text,
    performedAt: text,
    undoes: text,
    undoneBy: text,
    data: { is: 'anything' },
    state: text,
  }),
  amendments: list({ subject: text, publishedAt: text, appliesAt: text, state: text, edition: text }),
  cases: list({ ...about, question: text, openedAt: text }),
});
