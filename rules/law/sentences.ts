import type { Derivation } from './types.js';
export function sayDeadline(derivation: Derivation, _lang: 'kk' | 'ru' | 'en'): string {
  return derivation.lastDay ?? '';
}
