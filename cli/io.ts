import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Refusal } from '../rules/law/types.js';

/** What a command may touch of its surroundings. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes a line of the answer to stdout. Nothing else goes there. */
  out(line: string): void;
  err(line: string): void;
  stdin(): Promise<string>;
}

/** 0: done. 1: the answer is "no". 2: the call was wrong. */
export type Exit = 0 | 1 | 2;

/** Every command takes `--json`: one JSON document on stdout. */
export interface Answering {
  readonly json?: boolean;
}

/** The process itself. */
export const processIo: Io = {
  env: process.env,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  stdin: () => text(process.stdin),
};

/** Says a refusal as `code: sentence`, with the place (file, line, clause) before the sentence where it has one that the sentence does not name. */
export function refuse(io: Io, { code, message, where }: Refusal): Exit {
  const place = where === undefined || message.includes(where) ? '' : `${where}: `;
  io.err(`${code}: ${place}${message}`.replaceAll(/\s*\n\s*/g, ' '));
  return 2;
}

/** Answers: as JSON when that was asked for, else in lines for people. */
export function answer(io: Io, { json }: Answering, value: unknown, lines: () => readonly string[]): void {
  if (json === true) io.out(JSON.stringify(value));
  else for (const line of lines()) io.out(line);
}

/** The text of a file, or of stdin for `-`. */
export async function readText(io: Io, file: string): Promise<string | Refusal> {
  if (file === '-') return io.stdin();
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    return { code: 'cli.file', message: `${file} cannot be read: ${(error as Error).message}` };
  }
}
