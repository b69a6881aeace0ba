import type { Zone } from '../law/types.js';

/** An edition of an offer, compiled. Immutable; named by the hash of its content. */
export interface CompiledOffer {
  readonly id: string;
  /** SHA-256 of the canonical content, hex. */
  readonly edition: string;
  readonly zone: Zone;
  readonly calendarId: string;
  readonly operator: { readonly name: string; readonly bin?: string; readonly place?: string };
  readonly languages: readonly string[];
  /** Functions of access, `portal` first. */
  readonly functions: readonly string[];
}
