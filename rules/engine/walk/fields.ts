import { provisionOf } from './editions.js';
import { unpaidOf } from '../money/invoices.js';
import { signedWithCompromisedKey } from './keys.js';
import { NO_CAUSE, type Cause } from './cause.js';
import type { Invoice, Machine } from './state.js';

/** Of the texts in data only these are numbers: the number of a clause or the name of a tariff never is. */
const NUMBERS = new Set(['amount', 'rate']);

const valueOf = (name: string, value: unknown): unknown =>
  typeof value === 'string' && NUMBERS.has(name) ? Number(value) : value;

/**
 * What a condition may look at. Fields of the fact by name (amounts as numbers; `by` is the operator by default), `type`, `subject`;
 * `participant.*`; `ordinal`; `invoice.*`; `tariff.amount`, `tariff.name`; `key.compromised` (of the key that signed a document);
 * `running R`, `lapsed R`, `seen T`; `closed F` (something closes this function);
 * `debt`, `unpaid`; `origin.*`. `subject` is what the rule is about: `seen` looks at it.
 */
export function fieldsFor(
  machine: Machine,
  cause: Cause,
  origin: Cause | null,
  ordinal: number,
  subject: string = cause.subject,
): (name: string) => unknown {
  const { reader } = machine;
  reader.cause = cause;
  reader.origin = origin;
  reader.ordinal = ordinal;
  reader.subject = subject;
  return reader.read;
}

/** What `fieldsFor` gives: one reader for each machine, aimed anew at each condition, because conditions are many and small. */
export interface Reader {
  cause: Cause;
  origin: Cause | null;
  ordinal: number;
  subject: string;
  readonly read: (name: string) => unknown;
}

/** A reader that is aimed at nothing yet. */
export function makeReader(machine: () => Machine): Reader {
  const reader: Reader = {
    cause: NO_CAUSE,
    origin: null,
    ordinal: 1,
    subject: '',
    read: (name) => readField(machine(), reader, name),
  };
  return reader;
}

function readField(machine: Machine, { cause, origin, ordinal, subject }: Reader, name: string): unknown {
  const space = name.indexOf(' ');
  if (space > 0) return counted(machine, name.slice(0, space), name.slice(space + 1), subject);
  const dot = name.indexOf('.');
  if (dot > 0) return dotted(machine, name.slice(0, dot), name.slice(dot + 1), cause, origin);
  switch (name) {
    case 'by':
      return cause.data['by'] ?? 'operator';
    case 'type':
      return cause.type;
    case 'subject':
      return cause.subject;
    case 'ordinal':
      return ordinal;
    case 'debt':
      return sumUnpaid(machine, (invoice) => invoice.lapsedDay !== null);
    case 'unpaid':
      return sumUnpaid(machine, () => true);
    default:
      return valueOf(name, cause.data[name]);
  }
}

function dotted(machine: Machine, space: string, name: string, cause: Cause, origin: Cause | null): unknown {
  switch (space) {
    case 'participant':
      return machine.law.participant[name as 'kind' | 'resident'];
    case 'origin':
      if (name === 'by') return origin?.data['by'] ?? 'operator';
      return valueOf(name, origin?.data[name]);
    case 'invoice': {
      const invoice = machine.invoices.get(cause.subject);
      if (!invoice) return undefined;
      if (name === 'kind') return invoice.kind;
      if (name === 'amount') return invoice.amount === null ? undefined : invoice.amount / 100;
      if (name === 'late') return origin !== null && invoice.fact !== null && invoice.fact.at > origin.at;
      return undefined;
    }
    case 'tariff': {
      if (name === 'name') return machine.tariffName ?? undefined;
      const own = valueOf('amount', (origin ?? cause).data['amount']);
      if (typeof own === 'number') return own;
      return machine.tariff === null ? undefined : machine.tariff.amount / 100;
    }
    case 'key':
      return name === 'compromised' ? signedWithCompromisedKey(machine, cause) : undefined;
    default:
      return undefined;
  }
}

function counted(machine: Machine, word: string, what: string, subject: string): unknown {
  switch (word) {
    case 'running':
    case 'lapsed': {
      const provision = provisionOf(machine, what);
      return machine.clocks.filter((clock) => clock.rule.provision === provision && clock.state === word).length;
    }
    case 'seen': {
      const seen = machine.seen.get(what);
      return seen !== undefined && (seen.has(subject) || seen.has('contract'));
    }
    case 'closed':
      return machine.spans.some(
        (span) => span.what === 'restrict' && span.to === null && span.functions.includes(what),
      );
    default:
      return undefined;
  }
}

function sumUnpaid(machine: Machine, counts: (invoice: Invoice) => boolean): number {
  let sum = 0;
  for (const invoice of machine.invoices.values()) if (counts(invoice)) sum += unpaidOf(invoice);
  return sum / 100;
}
