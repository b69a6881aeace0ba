import type { AccessView } from '../rules/engine/outcome.js';
import type { Step } from '../rules/engine/types.js';
import type { Instant } from '../rules/law/types.js';
import { nameOf, type OpenAct } from './acts.js';
import { canonical } from './chain.js';
import { flight, type Statement } from './flight.js';
import { timestamp, type Stored } from './locked.js';
import { poke } from './pokes.js';
import { closeOwnCase, NOBODY, openOwnCase } from './own-case.js';
import type { Rec } from './record.js';
import type { Tx } from './transact.js';

/** From how many undoings on a wave pauses. */
export interface WaveLimits {
  /** That one advance of one contract may begin. */
  readonly contract: number;
  /** That the advances of one tenant may begin in an hour of the database's clock; contracts on test clocks are not counted. */
  readonly tenantPerHour: number;
}

/** 20 for a contract and 200 an hour for a tenant. */
export const WAVE_LIMITS: WaveLimits = { contract: 20, tenantPerHour: 200 };

/** An undoing that is held back. */
type Held = Pick<Step, 'sends' | 'clause' | 'subject' | 'content'>;
type Access = Readonly<Record<string, AccessView>>;

/** The steps that may go out now, those that may not, and what is to be written about these. */
export interface Weighed {
  readonly steps: readonly Step[];
  readonly back: readonly Held[];
  readonly statements: readonly Statement[];
}

/**
 * Holds undoings back when one advance begins more of them than a person would believe: a mistaken fact, or a law that was loaded wrongly,
 * takes back at once what was right for years. All else goes on. What a person has released is never held again, and what has begun goes on;
 * when nothing is left to be undone the pause ends by itself. Asks the database only when there is something new to undo.
 */
export async function weigh(
  rec: Rec,
  tx: Tx,
  contract: Stored,
  steps: readonly Step[],
  open: readonly OpenAct[],
  now: Instant,
): Promise<Weighed> {
  const begun = new Set(open.map(nameOf));
  // What opens access again never waits: nobody stays shut out because many others are let in.
  const fresh = steps.filter((step) => step.operation === 'undo' && step.sends !== 'lift' && !begun.has(nameOf(step)));
  if (fresh.length === 0) return { steps, back: [], statements: contract.paused ? ended(contract, NOBODY, now) : [] };
  const { released, inHour } = await known(tx, contract, now);
  const undecided = fresh.filter((step) => !released.has(nameOf(step)));
  const counts = contract.testClock === null;
  const tooMany =
    undecided.length > rec.waves.contract || (counts && inHour + undecided.length > rec.waves.tenantPerHour);
  if (undecided.length > 0 && (contract.paused || tooMany))
    return {
      steps: steps.filter((step) => !undecided.includes(step)),
      back: undecided,
      statements: paused(contract, undecided, now),
    };
  return {
    steps,
    back: [],
    statements: [
      ...(contract.paused ? ended(contract, NOBODY, now) : []),
      ...(counts && undecided.length > 0 ? [counted(contract, undecided.length, now)] : []),
    ],
  };
}

/** What a wave holds back of a contract. */
export async function heldBack(tx: Tx, { tenant, id }: Stored): Promise<readonly Held[]> {
  const { rows } = await tx.query<{ readonly undoings: string }>(
    'SELECT undoings FROM wave WHERE tenant = $1 AND contract = $2 AND released_at IS NULL',
    [tenant, id],
  );
  return rows.flatMap(({ undoings }) => JSON.parse(undoings) as Held[]);
}

/** Access without what an undoing would close that is held back: it stays open until a person has looked. */
export function withoutHeld(access: Access, back: readonly Held[]): Access {
  const shuts = back.filter(({ sends }) => sends === 'restrict');
  if (shuts.length === 0) return access;
  return Object.fromEntries(
    Object.entries(access).map(([name, view]) => {
      const causes = view.causes.filter((cause) => !shuts.some((held) => closes(held, name, cause)));
      return [name, causes.length === view.causes.length ? view : { open: causes.length === 0, causes }] as const;
    }),
  );
}

/** Closed sign-in closes everything. */
function closes({ clause, subject, content }: Held, name: string, cause: AccessView['causes'][number]): boolean {
  const functions = content['functions'] as readonly string[];
  return cause.clause === clause && cause.subject === subject && [name, 'portal'].some((f) => functions.includes(f));
}

/** A person has looked at a wave of a contract whose lock is held: what is held back may be undone. Answers how many undoings that were. */
export async function releaseWave(tx: Tx, contract: Stored, by: string, now: Instant): Promise<number> {
  if (!contract.paused) return 0;
  const [wave] = await flight(tx, [
    ...ended(contract, by, now),
    {
      text: 'UPDATE contract SET paused = false WHERE tenant = $1 AND id = $2',
      values: [contract.tenant, contract.id],
    },
  ]);
  await poke(tx, contract.tenant, contract.id);
  const { undoings } = wave!.rows[0] as { readonly undoings: string };
  return (JSON.parse(undoings) as unknown[]).length;
}

/** What was released before for this contract, and how much the tenant has undone in this hour. */
async function known(tx: Tx, { tenant, id }: Stored, now: Instant) {
  const [waves, counts] = await flight(tx, [
    {
      name: 'released-waves',
      text: `SELECT undoings FROM wave WHERE tenant = $1 AND contract = $2 AND released_by <> '${NOBODY}'`,
      values: [tenant, id],
    },
    {
      name: 'undo-count',
      text: 'SELECT value FROM undo_count WHERE tenant = $1 AND hour = $2',
      values: [tenant, hour(now)],
    },
  ]);
  const names = (waves!.rows as readonly { readonly undoings: string }[]).flatMap(({ undoings }) =>
    (JSON.parse(undoings) as Step[]).map(nameOf),
  );
  return { released: new Set(names), inHour: (counts!.rows[0] as { value: number } | undefined)?.value ?? 0 };
}

const hour = (now: Instant): string => timestamp(now - (now % 3_600_000));

/** The wave as it stands now, and a case that tells a person of it. */
function paused(contract: Stored, undoings: readonly Step[], now: Instant): readonly Statement[] {
  const { tenant, id } = contract;
  const said = undoings.map(({ key, generation, operation, kind, sends, clause, subject, at, content }) => ({
    ...{ key, generation, operation, kind, sends, clause, subject, at: timestamp(at), content },
  }));
  const body = canonical(said);
  const question = `${undoings.length} effects are to be taken back at once. Is that right? Nothing of it goes out before it is released.`;
  return [
    contract.paused
      ? {
          text: 'UPDATE wave SET undoings = $3 WHERE tenant = $1 AND contract = $2 AND released_at IS NULL AND undoings <> $3',
          values: [tenant, id, body],
        }
      : {
          text: 'INSERT INTO wave (tenant, contract, found_at, undoings) VALUES ($1, $2, $3, $4)',
          values: [tenant, id, timestamp(now), body],
        },
    openOwnCase(contract, 'wave', question, now),
  ];
}

function ended(contract: Stored, by: string, now: Instant): readonly Statement[] {
  const { tenant, id } = contract;
  return [
    {
      text: `UPDATE wave SET released_at = $3, released_by = $4 WHERE tenant = $1 AND contract = $2 AND released_at IS NULL
        RETURNING undoings`,
      values: [tenant, id, timestamp(now), by],
    },
    closeOwnCase(contract, 'wave'),
  ];
}

function counted({ tenant }: Stored, undoings: number, now: Instant): Statement {
  return {
    text: `INSERT INTO undo_count (tenant, hour, value) VALUES ($1, $2, $3)
      ON CONFLICT (tenant, hour) DO UPDATE SET value = undo_count.value + excluded.value`,
    values: [tenant, hour(now), undoings],
  };
}
