import { Failure } from '../launch/failure.mjs';
import { start as startAll } from '../launch/start.js';
import { refuse, type Exit, type Io } from './io.js';

/** `merzim start`: the whole product on embedded parts, until it is stopped. */
export async function start(io: Io): Promise<Exit> {
  try {
    await startAll();
    return 0;
  } catch (thrown) {
    if (thrown instanceof Failure) return refuse(io, thrown);
    throw thrown;
  }
}
