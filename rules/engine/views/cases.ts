import type { Fact } from '../../facts/fact.js';
import { latestOf } from '../acts.js';
import { fineOf } from '../money/claims.js';
import type { CaseView } from '../outcome.js';
import { undoingOf } from '../reconcile.js';
import { keyOf, type Machine, type OpenCase } from '../walk/state.js';
import type { Unsettled, Wanted } from '../types.js';

/** What a person has to look at as of now: rights that were put to them, effects that went wrong, amounts that are not known. */
export function casesOf(machine: Machine, wanted: ReadonlyMap<string, Wanted>): readonly CaseView[] {
  const cases: OpenCase[] = [];
  const add = (key: string, clause: string | null, subject: string, question: string, openedAt: number): void =>
    void cases.push({ key, clause, subject, question, openedAt });

  for (const { rule, subject, run, text, openedAt, closed } of machine.questions)
    if (!closed) add(keyOf(rule.provision, subject, run, 'ask'), rule.clause, subject, text, openedAt);
  for (const right of machine.rights.values())
    if (right.state === 'asked')
      add(
        right.key,
        right.rule.clause,
        right.subject,
        `Shall the ${right.holder} use its right under ${right.rule.clause}?`,
        right.openedAt,
      );
  for (const history of machine.acts.values()) {
    const act = latestOf(history);
    if (!act) continue;
    const since = act.performedAt ?? act.legalAt;
    const question = QUESTIONS[act.state];
    if (question) add(act.key, act.clause, act.subject, question, since);
    else if (act.unsettled !== null && isOpen(act.unsettled, wanted.get(act.key)))
      add(act.key, act.clause, act.subject, questionOf(act.unsettled), since);
    else if (act.state === 'done' && !wanted.has(act.key) && undoingOf(act.kind) === 'will')
      add(
        act.key,
        act.clause,
        act.subject,
        'This act of will is no longer called for: only a person can take it back.',
        since,
      );
  }
  for (const claim of machine.claims) {
    const invoice = machine.invoices.get(claim.subject);
    if (claim.what === 'fine' && invoice && fineOf(machine, claim, invoice) === null)
      add(
        keyOf(claim.rule.provision, claim.subject, claim.run, 'claim', 'fine'),
        claim.rule.clause,
        claim.subject,
        'The MCI of the first late day is not known yet: the fine has no amount.',
        claim.at,
      );
  }
  for (const { rule, subject, run, at, amount } of machine.awards)
    if (amount === null)
      add(
        keyOf(rule.provision, subject, run, 'limit'),
        rule.clause,
        subject,
        'What limits this loss was paid in another currency: how much is owed?',
        at,
      );
  for (const fact of openReviews(machine.record.facts))
    for (const clause of (fact.data['clauses'] as readonly string[] | undefined) ?? [null])
      add(
        keyOf('review', fact.id, ...(clause === null ? [] : [clause])),
        clause,
        fact.subject,
        'A review was asked for: shall what is contested be upheld or overturned?',
        fact.at,
      );
  for (const payment of machine.payments.values())
    for (const part of payment.parts) {
      if (part.invoice === null)
        add(
          keyOf('payment', payment.fact.id),
          null,
          'contract',
          `To which invoice does payment ${payment.fact.id} belong?`,
          payment.fact.at,
        );
      else if (part.amount === null)
        add(
          keyOf('payment', payment.fact.id, part.invoice),
          null,
          part.invoice,
          `The rate of the invoice's day is not known: payment ${payment.fact.id} cannot be counted yet.`,
          payment.fact.at,
        );
    }
  for (const message of machine.messages)
    if (message.kind === 'invoice' && message.content['amount'] === null)
      add(
        keyOf(message.rule.provision, message.subject, message.run, 'invoice'),
        message.rule.clause,
        message.subject,
        'No tariff amount is known: what is to be invoiced?',
        message.at,
      );
  const once = new Map<string, OpenCase>();
  for (const one of cases) if (!once.has(one.key)) once.set(one.key, one);
  return [...once.values()]
    .sort((left, right) => left.openedAt - right.openedAt)
    .map((one) => ({ ...one, openedAt: machine.law.offer.zone.format(one.openedAt) }));
}

/** Requests for review on which nobody has decided yet. */
function openReviews(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter(
    (fact) =>
      fact.type === 'review.requested' &&
      !facts.some((later) => later.type === 'review.decided' && later.subject === fact.subject && later.at >= fact.at),
  );
}

/** What could not be done is no question any more once something else is wanted. */
const isOpen = ({ how, fingerprint }: Unsettled, wanted: Wanted | undefined): boolean =>
  how === 'unknown' || wanted?.fingerprint === fingerprint;

function questionOf({ operation, how }: Unsettled): string {
  if (operation === 'undo') return 'Nobody answered whether this effect was taken back: please find out.';
  return how === 'unknown'
    ? 'Nobody answered whether this effect was corrected: please find out.'
    : 'This effect could not be corrected: what is to be done?';
}

const QUESTIONS: Readonly<Record<string, string | undefined>> = {
  failed: 'This effect could not be performed: what is to be done?',
  unknown: 'Nobody answered whether this effect was performed: please find out.',
  undoRefused: 'The other side did not agree to take this back: what is to be done?',
};
