import { factsOf, readJournal } from '../prisma/journal.js';
import { brokenAt } from '../prisma/chain.js';
import { lawOf } from '../prisma/law-of.js';
import { readContract } from '../prisma/locked.js';
import { isRefusal } from '../prisma/refusals.js';
import { snapshot, type Rec } from '../prisma/index.js';
import { judgeBare } from '../rules/engine/index.js';
import { microseconds, type Row } from './measure.js';

/** P7: the record of a contract, once read, is checked on the side: its chain from genesis to head, and what it is judged to be. */
export async function aside(rec: Rec, tenant: string, id: string): Promise<Row[]> {
  const { contract, law, rows } = await snapshot(rec, tenant, async (tx) => {
    const found = (await readContract(tx, tenant, id))!;
    return { contract: found, law: await lawOf(rec, tx, found), rows: await readJournal(tx, tenant, id) };
  });
  const facts = factsOf(rows);
  if (isRefusal(law) || facts === null) throw new Error('The contract of the bench cannot be read.');
  const head = { seq: contract.head, hash: contract.headHash };
  const asOf = contract.asOf!;
  const verify = (): void => {
    const broken = brokenAt(contract.genesis, rows, head);
    if (broken !== null) throw new Error(broken.why);
  };
  const ours = await microseconds(() => {
    verify();
    judgeBare(law, facts, { asOf, knownAt: asOf });
  });
  const chain = await microseconds(verify);
  const against = 'the chain alone';
  return [
    {
      id: 'P7',
      work: `the chain of ${rows.length} facts verified and the contract judged again`,
      ours: ours.median / 1000,
      unit: 'ms',
      peers: { [against]: chain.median / 1000 },
      ratio: ours.median / chain.median,
      against,
      spread: [ours.low / 1000, ours.high / 1000],
    },
  ];
}
