import { isRefusal } from '../rules/law/refusal.js';
import { keyOf } from './contract.js';
import { answer, refuse, type Answering, type Exit, type Io } from './io.js';
import { call, pathOf } from './server.js';

interface Listed {
  readonly drifts: readonly {
    readonly seq: number;
    readonly asOf: string;
    readonly engineWas: string;
    readonly engineIs: string;
    readonly foundAt: string;
    readonly releasedAt: string | null;
    readonly releasedBy: string | null;
    readonly differences: readonly {
      readonly of: string;
      readonly key: string;
      readonly was: object | null;
      readonly is: object | null;
    }[];
  }[];
}

type Line = Listed['drifts'][number]['differences'][number];

/** `merzim contract drifts`: where a new engine judged the past otherwise. Exits 1 while one waits for a person. */
export async function drifts(io: Io, options: Answering, id: string): Promise<Exit> {
  const found = await call<Listed>(io, { method: 'GET', path: pathOf('contracts', id, 'drifts') });
  if (isRefusal(found)) return refuse(io, found);
  answer(io, options, found.value, () =>
    found.value.drifts.flatMap((one) => [
      `${one.foundAt}  engine ${one.engineWas} → ${one.engineIs}, up to fact ${one.seq}, as of ${one.asOf}: ${
        one.releasedAt === null ? 'waits for a person' : `released ${one.releasedAt} by ${one.releasedBy}`
      }`,
      ...one.differences.map(sayLine),
    ]),
  );
  return found.value.drifts.some((one) => one.releasedAt === null) ? 1 : 0;
}

/** What is there on one side only, or the members that differ. */
function sayLine({ of, key, was, is }: Line): string {
  if (was === null) return `  ${of} ${key}: new ${JSON.stringify(is)}`;
  if (is === null) return `  ${of} ${key}: gone ${JSON.stringify(was)}`;
  const [before, after] = [was, is] as readonly Readonly<Record<string, unknown>>[];
  const names = Object.keys(before!).filter((name) => JSON.stringify(before![name]) !== JSON.stringify(after![name]));
  const said = names.map((name) => `${name} ${JSON.stringify(before![name])} → ${JSON.stringify(after![name])}`);
  return `  ${of} ${key}: ${said.join(', ')}`;
}

/** `merzim contract release`: a person has looked at what is held. */
export async function release(
  io: Io,
  options: Answering & { readonly reason: string; readonly of?: string; readonly idempotencyKey?: string },
  id: string,
): Promise<Exit> {
  const done = await call<{ readonly released: number }>(io, {
    method: 'POST',
    path: pathOf('contracts', id, 'release'),
    body: { reason: options.reason, of: options.of },
    ...keyOf(options),
  });
  if (isRefusal(done)) return refuse(io, done);
  answer(io, options, done.value, () => [`released: ${done.value.released}`]);
  return 0;
}
