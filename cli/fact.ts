import { parseDocument } from 'yaml';
import { isRefusal } from '../rules/law/refusal.js';
import type { Refusal } from '../rules/law/types.js';
import { readJson } from './argument.js';
import { keyOf } from './contract.js';
import { answer, readText, refuse, type Answering, type Exit, type Io } from './io.js';
import { call, pathOf } from './server.js';

interface Add extends Answering {
  readonly at?: string;
  readonly on?: string;
  readonly id?: string;
  readonly subject?: string;
  readonly by?: string;
  readonly data?: string;
  readonly file?: string;
  readonly idempotencyKey?: string;
}

interface Added {
  readonly facts: readonly { id: string; seq: number; recordedAt: string }[];
}

/** `merzim fact add <contract> <type> …`, or `--file` with one fact or a list of them: all are taken or none. */
export async function add(io: Io, options: Add, contract: string, type?: string): Promise<Exit> {
  const body = options.file === undefined ? await typedFact(io, options, type) : await factsOfFile(io, options.file);
  if (isRefusal(body)) return refuse(io, body);
  const path = pathOf('contracts', contract, 'facts');
  const added = await call<Added>(io, { method: 'POST', path, body: body.value, ...keyOf(options) });
  if (isRefusal(added)) return refuse(io, added);
  answer(io, options, added.value, () =>
    added.value.facts.map((fact) => `${fact.seq}  ${fact.id}  ${fact.recordedAt}`),
  );
  return 0;
}

type Body = { readonly value: unknown } | Refusal;

async function typedFact(io: Io, { at, on, id, subject, by, data }: Add, type: string | undefined): Promise<Body> {
  if (type === undefined) return { code: 'cli.usage', message: 'name a type of fact, or a --file' };
  const read = data === undefined ? { value: undefined } : await readJson(io, data, '--data');
  return isRefusal(read) ? read : { value: { id, type, at, on, by, subject, data: read.value } };
}

async function factsOfFile(io: Io, file: string): Promise<Body> {
  const text = await readText(io, file);
  if (isRefusal(text)) return text;
  const document = parseDocument(text, { prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) return { code: 'cli.file', message: `${file}: ${broken.message}` };
  return { value: document.toJS({ maxAliasCount: 0 }) as unknown };
}
