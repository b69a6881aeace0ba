/**
 * What a failure of the world means.
 *
 * - `away`: it certainly did not go out; try again.
 * - `unknown`: it may have gone out; try again as the port's class allows.
 * - `final`: the other side has said no; trying again would hear it again.
 */
export interface Failure {
  readonly meaning: 'away' | 'unknown' | 'final';
  /** From the catalogue: `port.away`, `port.timeout`, `port.refused` … */
  readonly code: string;
  readonly message: string;
}

/** An answer of HTTP that is not a success. Adapters throw it, so that the sorting stays in one place. */
export class HttpAnswer extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`answered ${status}: ${body.slice(0, 200)}`);
  }
}

/** An order that this port can never carry out, whoever asks. */
export class CannotBeDone extends Error {}

const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EDNS',
  'ECONNECTION',
  'EPROXY',
]);
const WORTH_ANOTHER_TRY = new Set([408, 425, 429]);

/** Sorts whatever a port threw. What it does not know may have gone out, and is tried again: a bug is loud in the retries, never lost. */
export function sortFailure(error: unknown): Failure {
  if (error instanceof CannotBeDone) return { meaning: 'final', code: 'port.unsupported', message: error.message };
  if (error instanceof HttpAnswer) return sortHttp(error);
  const { code, responseCode, message, name } = inward(error);
  if (typeof responseCode === 'number' && responseCode >= 500)
    return { meaning: 'final', code: 'port.refused', message };
  if (typeof responseCode === 'number' && responseCode >= 400) return { meaning: 'away', code: 'port.away', message };
  if (name === 'TimeoutError' || name === 'AbortError') return { meaning: 'unknown', code: 'port.timeout', message };
  if (typeof code === 'string' && NEVER_LEFT.has(code)) return { meaning: 'away', code: 'port.away', message };
  return { meaning: 'unknown', code: 'port.broken', message };
}

function sortHttp({ status, message }: HttpAnswer): Failure {
  if (status >= 500) return { meaning: 'unknown', code: 'port.broken', message };
  if (WORTH_ANOTHER_TRY.has(status)) return { meaning: 'away', code: 'port.away', message };
  return { meaning: 'final', code: 'port.refused', message };
}

interface Inward {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly name: string;
  readonly message: string;
}

/** `fetch` and nodemailer hide the system's code one or two causes deep. */
function inward(error: unknown): Inward {
  if (!(error instanceof Error)) return { name: 'unknown', message: String(error) };
  const { code, responseCode, cause } = error as Error & { code?: unknown; responseCode?: unknown };
  const message = cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  const inner = (first as { code?: unknown } | undefined)?.code;
  return { code: systemCode(error) ?? inner ?? code, responseCode, name: error.name, message };
}

// nodemailer says ESOCKET and keeps the system's own code in the message only.
function systemCode(error: Error): string | undefined {
  return /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/.exec(error.message)?.[1];
}
