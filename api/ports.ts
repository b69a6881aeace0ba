import type { FastifyBaseLogger } from 'fastify';
import type {
  Adopted,
  AdoptingEdition,
  AdoptingPolicy,
  AmendmentProgress,
  Answer,
  Appended,
  Change,
  ContractFilter,
  ContractRow,
  Drift,
  Holding,
  JournalRow,
  NamedChange,
  NewContract,
  Pace,
  Result,
  Settlement,
  WorkItem,
} from '../prisma/index.js';
import type { EffectKind } from '../rules/engine/outcome.js';
import type { Law, Judgement } from '../rules/engine/types.js';
import type { Fact, FactInput } from '../rules/facts/fact.js';
import type { Instant, Zone } from '../rules/law/types.js';
import type { Identities } from './identity.js';
import type { Simulator } from './simulator.js';

/** A contract as lists and routes see it. */
export type ContractSeen = ContractRow & {
  readonly state: string;
  readonly concludedAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly endedAt: Instant | null;
  /** A drift holds it for a person. */
  readonly held: boolean;
};

/** A judgement, with what it was made from. */
export type Judged = Judgement & {
  readonly seq: number;
  readonly law: Law;
  readonly facts: readonly Fact[];
  readonly asOf: Instant;
};

/** Something that waits for a person. */
export interface OpenCase {
  readonly contract: string;
  readonly key: string;
  readonly clause: string | null;
  readonly subject: string;
  readonly question: string;
  readonly openedAt: Instant;
}

/** The record as the routes see it. The tenant comes from the token and from nowhere else. */
export interface ApiRecord {
  /** `id` names the attempt: a request that is repeated after a crash makes no second contract. */
  createContract(
    tenant: string,
    contract: NewContract,
  ): Promise<Result<{ readonly id: string; readonly repeated: boolean }>>;
  getContract(tenant: string, id: string): Promise<ContractSeen | null>;
  listContracts(tenant: string, filter: ContractFilter): Promise<readonly ContractSeen[]>;
  /** The zone that instants of a contract are written in. */
  zoneOf(contract: ContractRow): Zone;
  appendFacts(tenant: string, id: string, inputs: readonly FactInput[]): Promise<Result<Appended>>;
  /** Lets a contract come under an edition from an instant on, or under a policy from now on. */
  adoptEdition(tenant: string, id: string, adopting: AdoptingEdition): Promise<Result<Adopted>>;
  adoptPolicy(tenant: string, id: string, adopting: AdoptingPolicy): Promise<Result<Adopted>>;
  listFacts(
    tenant: string,
    id: string,
    page: { readonly after?: number; readonly limit: number },
  ): Promise<readonly JournalRow[] | null>;
  outcomeOf(
    tenant: string,
    id: string,
    view: { readonly asOf?: Instant; readonly knownAt?: Instant },
  ): Promise<Result<Judged>>;
  /** The journal as JSON Lines. */
  exportJournal(tenant: string, id: string): AsyncIterable<string>;
  listCases(
    tenant: string,
    page: { readonly contract?: string; readonly after?: CaseCursor; readonly limit: number },
  ): Promise<readonly OpenCase[]>;
  /** Starts a change of an offer; the same name again is how far it has come. */
  startAmending(
    tenant: string,
    change: Change,
    pace: Pace,
  ): Promise<Result<{ readonly progress: AmendmentProgress; readonly fresh: boolean }>>;
  amendmentOf(named: NamedChange): Promise<AmendmentProgress | null>;
  listAmendments(tenant: string, offer: string): Promise<readonly AmendmentProgress[]>;
  paceAmendment(named: NamedChange, wish: Partial<Pace>): Promise<Result<AmendmentProgress>>;
  /** Says what became of an effect that waits for an answer. */
  resolveAct(
    tenant: string,
    act: Pick<WorkItem, 'contract' | 'key' | 'generation' | 'operation'> & {
      readonly kind: EffectKind;
      readonly subject: string;
    },
    settlement: Settlement,
  ): Promise<Result<{ readonly repeated: boolean }>>;
  /** Where a new engine judged the past of a contract otherwise, the newest first. */
  listDrifts(tenant: string, id: string): Promise<readonly Drift[]>;
  /** Lets go on what was held for a person; without `what` a drift, and a wave where there is none. */
  release(tenant: string, id: string, by: string, what?: Holding): Promise<Result<{ readonly released: number }>>;
  answerOf(tenant: string, key: string, request: unknown): Promise<Result<Answer | null>>;
  keepAnswer(tenant: string, key: string, request: unknown, given: Answer): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
}

/** The place of a case in the list: they stand by when they were opened, then contract and key. */
export interface CaseCursor {
  readonly openedAt: Instant;
  readonly contract: string;
  readonly key: string;
}

/** Where a test clock has come to. */
export interface ClockMoved {
  readonly asOf: Instant;
  readonly seq: number;
  readonly state: string;
}

/** What runs on Temporal for the routes: the clocks of test-clock contracts, and changes that go to all contracts of an offer. */
export interface ApiClock {
  /** The same key is the same move. */
  move(tenant: string, id: string, to: Instant, key: string | null): Promise<Result<ClockMoved>>;
  /** Lets a change go on: it looks at the record. */
  pokeAmendment(named: NamedChange): Promise<void>;
  /** Resolves when Temporal answers. */
  ping(): Promise<void>;
}

/** Everything that the application is made from. */
export interface Parts {
  readonly record: ApiRecord;
  readonly clock: ApiClock;
  readonly identities: Identities;
  readonly simulator: Simulator;
  readonly logger?: FastifyBaseLogger | false;
  /** Requests a minute for one token or address; 60000 by default. */
  readonly requestsPerMinute?: number;
  /** Bytes of a body; 5 MiB by default. */
  readonly bodyLimit?: number;
}
