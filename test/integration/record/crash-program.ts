import { setTimeout as pause } from 'node:timers/promises';
import { crashPoint } from '../../../launch/crash-point.js';
import {
  adoptEdition,
  advance,
  appendFacts,
  auditChain,
  claimAct,
  createContract,
  issueDocument,
  listFacts,
  listMessages,
  ofTenant,
  openRecord,
  outcomeOf,
  putMessage,
  settleAct,
  type Rec,
} from '../../../prisma/index.js';
import { invoice, payment } from './facts.js';
import { got, smallLaw, WITHIN_MS } from './small-law.js';

/*
 * A whole life of a contract, written so that it can be begun again after it was killed anywhere: it says at the end what the
 * record holds. `node crash-program.js <database url> <tenant>`.
 */

const MONDAY = Date.parse('2026-03-02T10:00:00+05:00');
const LATER = MONDAY + WITHIN_MS + 86_400_000;
const LEASE_MS = 150;

async function live(rec: Rec, tenant: string): Promise<unknown> {
  const { id } = got(
    await createContract(rec, tenant, { offer: 'small', participant: {}, externalId: 'A-1', testClock: MONDAY }),
  );
  got(await appendFacts(rec, tenant, id, [invoice('INV-1'), invoice('INV-2')]));
  got(await adoptEdition(rec, tenant, id, { from: MONDAY }));
  await moveTo(rec, tenant, id, LATER);
  got(await appendFacts(rec, tenant, id, [payment('INV-1', '2026-03-04T10:00:00+05:00')]));
  await moveTo(rec, tenant, id, LATER);
  const facts = (await listFacts(rec, tenant, id, { limit: 100 }))!;
  const plain = (text: string): string => text.replaceAll(id, 'contract');
  return {
    facts: facts.map(({ type, subject, id: name }) => plain(`${type} ${subject} ${name}`)).sort(),
    effects: got(await outcomeOf(rec, tenant, id))
      .outcome.effects.map(({ key, generation, state }) => `${key} ${generation} ${state}`)
      .sort(),
    messages: (await listMessages(rec, tenant, id, 'participant', 100)).map((message) => plain(message.id)).sort(),
    numbers: (await listMessages(rec, tenant, id, 'participant', 100)).map(({ text }) => text).sort(),
    chain: got(await auditChain(rec, tenant, id)).broken,
  };
}

/** Steps the clock and does the work on the way, as the workflow would. */
async function moveTo(rec: Rec, tenant: string, id: string, to: number): Promise<void> {
  for (;;) {
    const { asOf, work } = got(await advance(rec, tenant, id));
    for (const item of work) {
      const claimed = await claimAct(rec, tenant, item, LEASE_MS);
      if (claimed === null) continue;
      crashPoint('port.before-call');
      const message = {
        id: claimed.idempotencyKey,
        to: 'participant',
        at: claimed.now,
        language: 'kk',
        subject: 's',
        clause: '5.4',
      } as const;
      const draft = {
        id: claimed.idempotencyKey,
        series: claimed.step.sends,
        kind: claimed.step.sends,
        at: claimed.now,
        body: {},
      };
      const { number } = await issueDocument(rec, tenant, id, draft);
      await putMessage(rec, tenant, id, { ...message, text: number });
      crashPoint('port.after-call');
      got(await settleAct(rec, tenant, item, claimed.lease, { outcome: 'performed', receipt: { number } }));
    }
    // What a killed hand held comes back when its lease has run out.
    const open = await ofTenant(rec, tenant, (tx) =>
      tx.act.count({ where: { contract: id, state: { in: ['wanted', 'claimed'] } } }),
    );
    if (open > 0) await pause(LEASE_MS / 2);
    else if (asOf >= to) return;
    else got(await advance(rec, tenant, id, { to }));
  }
}

const [url, tenant] = process.argv.slice(2);
const rec = await openRecord(url!, { ...smallLaw(), spreadMs: 0, connections: 2 });
try {
  process.stdout.write(JSON.stringify(await live(rec, tenant!)));
} finally {
  await rec.close();
}
