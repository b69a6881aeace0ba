import { canonical, sha256 } from '../../../prisma/chain.js';
import type { Engine, LawSource } from '../../../prisma/engine.js';
import { foldActs, latestOf } from '../../../rules/engine/acts.js';
import type { EffectView, Outcome, TimelineView } from '../../../rules/engine/outcome.js';
import type { Choice, Judgement, Law, Step, View, Wanted } from '../../../rules/engine/types.js';
import { compareFacts } from '../../../rules/facts/order.js';
import type { Fact } from '../../../rules/facts/fact.js';
import { readFacts } from '../../../rules/facts/read.js';
import { isRefusal, zoneOf } from '../../../rules/law/index.js';

/** An invoice is to be paid within this many milliseconds; 5.4 of the small law. */
export const WITHIN_MS = 3 * 86_400_000;

const zone = zoneOf('Asia/Almaty');

/**
 * A law of three sentences, so that tests of the record stand on their own: an invoice is paid within three days (5.4);
 * while one is late the portal is closed (4.2); for each late one the operator, by policy, claims a fine (5.9).
 */
export function smallLaw(
  options: { readonly version?: string; readonly calendar?: string; readonly fine?: string } = {},
): {
  readonly engine: Engine;
  readonly laws: LawSource;
} {
  const text = 'the small law';
  const edition = sha256(text);
  const learned = new Map([[edition, text]]);
  const offer = { id: 'small', edition, zone, functions: ['portal'], declared: [] };
  return {
    engine: {
      version: options.version ?? 'small-1',
      judge: (_law, facts, view) => judge(facts, view, options.fine ?? '100.00'),
      forecast: (_law, facts, view) => judge(facts, view, options.fine ?? '100.00'),
      reconcile,
      readFacts: (inputs, { now, hashId }) => readFacts(inputs, { zone, mode: 'server', now, hashId }),
    },
    laws: {
      current: (id) => (id === 'small' ? { edition, text } : { code: 'offer.unknown', message: `no offer ${id}` }),
      has: (hash) => learned.has(hash),
      learn: (hash, body) => {
        learned.set(hash, body);
        return null;
      },
      policy: (id) => (id === 'automatic' ? null : { code: 'policy.unknown', message: `no policy ${id}` }),
      lawFor: (contract) =>
        ({
          offer,
          calendar: { id: 'KZ', entries: [] },
          policy: { id: contract.policy },
          participant: contract.participant,
        }) as unknown as Law,
      nameOf: () => ({ edition, calendar: options.calendar ?? 'KZ-1', policy: 'automatic' }),
    },
  };
}

const iso = (at: number): string => zone.format(at);

function judge(all: readonly Fact[], { asOf, knownAt }: View, fine: string): Judgement {
  const known = all.filter((fact) => fact.recordedAt <= knownAt);
  const voided = new Set(known.filter((fact) => fact.type === 'fact.voided').map((fact) => fact.data['fact']));
  const facts = known.filter((fact) => fact.at <= asOf && !voided.has(fact.id)).sort(compareFacts);
  const acts = foldActs(
    facts.filter((fact) => fact.type.startsWith('effect.')),
    Date.parse,
  );
  const used = new Set(facts.filter((fact) => fact.type === 'right.used').map((fact) => fact.subject));
  const timelines: TimelineView[] = [];
  const wanted = new Map<string, Wanted>();
  const choices: Choice[] = [];
  const entries: Outcome['ledger']['entries'][number][] = [];
  let next: number | null = null;
  let closed: TimelineView | null = null;
  for (const invoice of facts.filter((fact) => fact.type === 'invoice.presented')) {
    const { subject } = invoice;
    const due = invoice.at + WITHIN_MS;
    const paid = facts.find((fact) => fact.type === 'payment.credited' && fact.subject === subject)?.at ?? null;
    const lapsed = due <= asOf && (paid === null || paid >= due);
    const late = lapsed && paid === null;
    const line: TimelineView = {
      clause: '5.4',
      subject,
      run: '1',
      kind: 'obligation',
      debtor: 'participant',
      edition: 'e',
      provisional: false,
      tolledDays: 0,
      state: lapsed ? 'lapsed' : paid !== null ? 'met' : 'running',
      opened: iso(invoice.at),
      lastDay: iso(due - 1).slice(0, 10),
      due: iso(due),
      closed: lapsed ? iso(due) : paid === null ? null : iso(paid),
    };
    timelines.push(line);
    entries.push({
      at: iso(invoice.at),
      clause: '5.4',
      subject,
      kind: 'invoice',
      amount: String(invoice.data['amount']),
      currency: 'KZT',
    });
    if (paid !== null)
      entries.push({
        at: iso(paid),
        clause: null,
        subject,
        kind: 'payment',
        amount: String(invoice.data['amount']),
        currency: 'KZT',
      });
    if (line.state === 'running') next = next === null ? due : Math.min(next, due);
    if (late) closed ??= line;
    if (late) want(`4.2~${subject}~1~restrict`, 'restrict', '4.2', subject, due, { functions: ['portal'] });
    if (!lapsed) continue;
    if (!used.has(subject)) {
      const data = { clause: '5.9', holder: 'operator', policy: 'automatic' };
      choices.push({ id: `choice/5.9~${subject}~1~operator`, type: 'right.used', at: due, subject, data });
    }
    entries.push({ at: iso(due), clause: '5.9', subject, kind: 'fine', amount: fine, currency: 'KZT' });
    want(`5.9~${subject}~1~claim`, 'claim', '5.9', subject, due, { amount: fine });
  }
  function want(
    key: string,
    kind: Wanted['kind'],
    clause: string,
    subject: string,
    at: number,
    content: Wanted['content'],
  ): void {
    wanted.set(key, { key, kind, clause, subject, at, content, fingerprint: canonical(content), past: false });
  }
  const effects = [...acts.values()].flatMap(({ generations }) =>
    generations.map((act): EffectView => ({
      key: act.key,
      generation: act.generation,
      kind: act.kind,
      clause: act.clause,
      subject: act.subject,
      at: iso(act.legalAt),
      performedAt: act.performedAt === null ? null : iso(act.performedAt),
      undoes: null,
      undoneBy: null,
      data: act.content,
      state: act.state,
    })),
  );
  const wakeAt = next;
  const outcome: Outcome = {
    offer: { id: 'small', edition: 'e' },
    asOf: iso(asOf),
    knownAt: iso(knownAt),
    next: next === null ? null : iso(next),
    wakeAt: wakeAt === null ? null : iso(wakeAt),
    contract: {
      state: facts.length === 0 ? 'offered' : 'active',
      concludedAt: facts[0] ? iso(facts[0].at) : null,
      endsAt: null,
      endedAt: null,
    },
    timelines,
    rights: [],
    restrictions: [...wanted.values()]
      .filter((w) => w.kind === 'restrict')
      .map((w) => ({ clause: w.clause, subject: w.subject, functions: ['portal'], from: iso(w.at), to: null })),
    access: {
      portal:
        closed === null
          ? { open: true, causes: [] }
          : { open: false, causes: [{ clause: '4.2', subject: closed.subject, since: closed.due! }] },
    },
    presumptions: [],
    consents: [],
    ledger: { entries, balance: {} },
    effects,
    amendments: [],
    cases: [],
  };
  const wakeClause = wakeAt === null ? null : '5.4';
  return { outcome, next, wakeAt, wakeClause, wanted, acts, held: () => false, choices } as Judgement;
}

function reconcile({ wanted, acts }: Judgement): readonly Step[] {
  const steps: Step[] = [];
  for (const want of wanted.values()) {
    const act = latestOf(acts.get(want.key));
    const step = {
      key: want.key,
      kind: want.kind,
      sends: want.kind,
      clause: want.clause,
      subject: want.subject,
      at: want.at,
      content: want.content,
      fingerprint: want.fingerprint,
    };
    if (act === undefined || act.state === 'wanted')
      steps.push({ ...step, generation: act?.generation ?? 1, operation: 'do' });
    else if (act.state === 'undone') steps.push({ ...step, generation: act.generation + 1, operation: 'do' });
    else if (act.state === 'done' && act.fingerprint !== want.fingerprint)
      steps.push({ ...step, generation: act.generation, operation: 'correct' });
  }
  for (const [key, history] of acts) {
    const act = latestOf(history)!;
    if (wanted.has(key) || act.state !== 'done') continue;
    const { generation, kind, clause, subject, legalAt: at, content, fingerprint } = act;
    steps.push({
      key,
      generation,
      operation: 'undo',
      kind,
      sends: kind === 'claim' ? 'credit' : 'lift',
      clause,
      subject,
      at,
      content,
      fingerprint,
    });
  }
  return steps.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

/** The value of a result; fails the test when it is a refusal. */
export function got<T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly refusal: { readonly code: string; readonly message: string } },
): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}: ${result.refusal.message}`);
  return result.value;
}

export { isRefusal };
