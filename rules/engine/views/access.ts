import type { AccessView } from '../outcome.js';
import { inForce } from '../walk/editions.js';
import type { Machine } from '../walk/state.js';

/** Which functions are open as of now, and what closes them. Closed sign-in (`portal`) closes everything; after the end only what a retention clause keeps is open. */
export function accessOf(machine: Machine): Readonly<Record<string, AccessView>> {
  const offer = inForce(machine);
  const asOf = machine.view.asOf;
  const at = (instant: number): string => offer.zone.format(instant);
  const closing = machine.spans
    .filter((span) => span.what === 'restrict' && span.from <= asOf && (span.to === null || span.to > asOf))
    .sort((left, right) => left.from - right.from || left.rule.order - right.rule.order);
  const access: Record<string, AccessView> = {};
  for (const name of offer.functions) {
    if (machine.concludedAt === null) {
      access[name] = { open: false, causes: [] };
      continue;
    }
    const kept = machine.endedAt !== null && keeps(machine, name);
    const causes = closing
      .filter((span) => span.functions.includes(name) || (!kept && span.functions.includes('portal')))
      .map((span) => ({ clause: span.rule.clause, subject: span.subject, from: span.from }));
    if (machine.endedAt !== null && machine.endedBy !== null && !kept)
      causes.push({ clause: machine.endedBy.clause, subject: machine.endedBy.subject, from: machine.endedAt });
    causes.sort((left, right) => left.from - right.from);
    access[name] = {
      open: causes.length === 0,
      causes: causes.map(({ clause, subject, from }) => ({ clause, subject, since: at(from) })),
    };
  }
  return access;
}

/** Whether a running retention clock keeps this function open after the end. */
const keeps = (machine: Machine, name: string): boolean =>
  machine.clocks.some(
    (clock) =>
      clock.state === 'running' && clock.rule.then.some((one) => one.do === 'keep' && one.functions.includes(name)),
  );
