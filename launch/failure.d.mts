/** A reason not to start. `code` is one of the catalogue, `message` its sentence. */
export class Failure extends Error {
  readonly code: string;
  constructor(code: string, details?: Readonly<Record<string, unknown>>);
}

/** The codes of the catalogue. */
export const failureCodes: readonly string[];

/** What a thrown thing says, in one line. */
export function reasonOf(thrown: unknown): string;
