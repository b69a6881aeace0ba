import { identitiesAt } from '../api/identity.js';
import { Failure } from '../launch/failure.mjs';
import { start as startAll } from '../launch/start.js';
import { isRefusal } from '../rules/law/refusal.js';
import { refuse, type Exit, type Io } from './io.js';

/** `merzim start`: the whole product on embedded parts, until it is stopped. */
export async function start(io: Io): Promise<Exit> {
  const identities = identitiesAt(io.env['HOST'] || '127.0.0.1', io.env['MERZIM_TOKENS']);
  if (isRefusal(identities)) return refuse(io, identities);
  try {
    await startAll();
    return 0;
  } catch (thrown) {
    if (thrown instanceof Failure) return refuse(io, thrown);
    throw thrown;
  }
}
