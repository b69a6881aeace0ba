import type { Tx } from './transact.js';

/** The tenant's secret: what keyed hashes are keyed with. Null when the tenant has no row yet: then it has no contract either. */
export async function secretOf(tx: Tx, tenant: string): Promise<Buffer | null> {
  const { rows } = await tx.query<{ secret: Buffer }>({
    name: 'secret',
    text: 'SELECT secret FROM tenant WHERE id = $1',
    values: [tenant],
  });
  return rows[0]?.secret ?? null;
}
