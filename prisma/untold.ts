import type { Rec } from './record.js';
import { inTenant } from './transact.js';

/** A contract whose access is another than its receiver knows. */
export interface Untold {
  readonly tenant: string;
  readonly contract: string;
}

/**
 * Contracts of all tenants whose access has changed without an act that would tell of it: they were concluded, they ended, what was kept open
 * after the end has run out. Those whose act is still under way are left to it.
 */
export async function untoldAccess(rec: Rec, limit: number): Promise<readonly Untold[]> {
  const { rows } = await rec.pool.query<Untold>('SELECT tenant, contract FROM merzim_untold_access($1)', [limit]);
  return rows;
}

/** Notes that the receiver has a version. An older one changes nothing. */
export async function accessTold(rec: Rec, tenant: string, contract: string, version: number): Promise<void> {
  await inTenant(rec, tenant, 'told', (tx) =>
    tx.query('UPDATE contract SET access_told = $3 WHERE tenant = $1 AND id = $2 AND access_told < $3', [
      tenant,
      contract,
      version,
    ]),
  );
}
