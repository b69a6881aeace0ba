import { zoneOf } from '../rules/law/zone.js';
import { isRefusal } from '../rules/law/refusal.js';
import { laneOf, portOf } from '../prisma/acts.js';
import * as prisma from '../prisma/index.js';
import type { ApiRecord, CaseCursor } from './ports.js';

/** The record as the routes see it. */
export function recordOf(rec: prisma.Rec): ApiRecord {
  return {
    createContract: (tenant, contract) => prisma.createContract(rec, tenant, contract),
    getContract: (tenant, id) => prisma.getContract(rec, tenant, id),
    listContracts: (tenant, filter) => prisma.listContracts(rec, tenant, filter),
    zoneOf(contract) {
      // Editions of one offer are of one zone, so that of its own is enough.
      const law = rec.laws.lawFor({ ...contract, adopted: [], policies: [] });
      return isRefusal(law) ? zoneOf('UTC') : law.offer.zone;
    },
    appendFacts: (tenant, id, inputs) => prisma.appendFacts(rec, tenant, id, inputs),
    adoptEdition: (tenant, id, adopting) => prisma.adoptEdition(rec, tenant, id, adopting),
    adoptPolicy: (tenant, id, adopting) => prisma.adoptPolicy(rec, tenant, id, adopting),
    startAmending: (tenant, change, pace) => prisma.startAmending(rec, tenant, change, pace),
    amendmentOf: (named) => prisma.amendmentOf(rec, named),
    listAmendments: (tenant, offer) => prisma.listAmendments(rec, tenant, offer),
    paceAmendment: (named, wish) => prisma.paceAmendment(rec, named, wish),
    listFacts: (tenant, id, page) => prisma.listFacts(rec, tenant, id, page),
    outcomeOf: (tenant, id, view) => prisma.outcomeOf(rec, tenant, id, view),
    exportJournal: (tenant, id) => prisma.exportJournal(rec, tenant, id),
    listCases: (tenant, page) => listCases(rec, tenant, page),
    resolveAct: (tenant, { kind, subject, ...act }, settlement) => {
      const item = { ...act, port: portOf(kind), lane: laneOf(kind, subject) };
      return prisma.resolveAct(rec, tenant, item, settlement);
    },
    listDrifts: (tenant, id) => prisma.listDrifts(rec, tenant, id),
    release: (tenant, id, by, what) => prisma.release(rec, tenant, id, by, what),
    answerOf: (tenant, key, request) => prisma.answerOf(rec, tenant, key, request),
    keepAnswer: (tenant, key, request, given) => prisma.keepAnswer(rec, tenant, key, request, given),
    ping: async () => {
      await rec.pool.query('SELECT 1');
    },
  };
}

/** Open cases of all contracts, or of one, by when they were opened. */
function listCases(
  rec: prisma.Rec,
  tenant: string,
  { contract, after, limit }: { readonly contract?: string; readonly after?: CaseCursor; readonly limit: number },
) {
  return prisma.snapshot(rec, tenant, async (tx) => {
    const { rows } = await tx.query(
      `SELECT contract, key, clause, subject, question, opened_at AS "openedAt" FROM open_case
       WHERE tenant = $1 AND ($2::text IS NULL OR contract = $2)
         AND ($3::timestamptz IS NULL OR (opened_at, contract, key) > ($3, $4, $5))
       ORDER BY opened_at, contract, key LIMIT $6`,
      [
        tenant,
        contract ?? null,
        after === undefined ? null : new Date(after.openedAt).toISOString(),
        after?.contract,
        after?.key,
        limit,
      ],
    );
    return rows;
  });
}
