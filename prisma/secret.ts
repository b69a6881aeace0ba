import type { Tx } from './transact.js';

/** The tenant's secret: what keyed hashes are keyed with. Throws when the tenant has no row yet. */
export async function secretOf(tx: Tx, tenant: string): Promise<Buffer> {
  const { rows } = await tx.query<{ secret: Buffer }>({
    name: 'secret',
    text: 'SELECT secret FROM tenant WHERE id = $1',
    values: [tenant],
  });
  if (rows[0] === undefined) throw new Error(`tenant ${tenant} has no row`);
  return rows[0].secret;
}
