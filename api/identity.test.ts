import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { identitiesAt, readIdentities, type Identities } from './identity.js';

const entry = { token: 'a-token-of-sixteen', tenant: 'operator-1', role: 'auditor' };

describe('MERZIM_TOKENS', () => {
  test('finds tenant and role of a token, in the setting or in a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'merzim-tokens-')), 'tokens.json');
    writeFileSync(file, JSON.stringify([entry]));
    for (const setting of [JSON.stringify([entry]), `file:${file}`]) {
      const identities = readIdentities(setting) as Identities;
      expect(identities.open).toBe(false);
      expect(identities.find(entry.token)).toEqual({ tenant: 'operator-1', role: 'auditor' });
      expect(identities.find('a-token-of-sixteeN')).toBeNull();
      expect(identities.find('')).toBeNull();
    }
  });

  test.each([
    ['no JSON', '{'],
    ['no list', '{}'],
    ['an empty list', '[]'],
    ['a short token', JSON.stringify([{ ...entry, token: 'short' }])],
    ['an unknown role', JSON.stringify([{ ...entry, role: 'root' }])],
    ['an unknown field', JSON.stringify([{ ...entry, name: 'x' }])],
    ['a participant without a contract', JSON.stringify([{ ...entry, role: 'participant' }])],
    ['a contract for somebody else', JSON.stringify([{ ...entry, contract: 'c1' }])],
    ['one token twice', JSON.stringify([entry, { ...entry, tenant: 'operator-2' }])],
    ['a file that is not there', 'file:/nowhere/tokens.json'],
  ])('%s is refused, and the token is not repeated in the sentence', (_claim, setting) => {
    const refusal = readIdentities(setting);
    expect(refusal).toMatchObject({ code: 'auth.tokens' });
    expect(JSON.stringify(refusal)).not.toContain(entry.token);
  });
});

describe('where a server listens', () => {
  test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('on %s without tokens', (host) => {
    expect(identitiesAt(host, undefined)).toMatchObject({ open: true });
    expect(identitiesAt(host, '')).toMatchObject({ open: true });
  });

  test.each(['0.0.0.0', '::', '10.0.0.7', 'example.com', '127.0.0.1.example.com'])('on %s with tokens only', (host) => {
    expect(identitiesAt(host, undefined)).toMatchObject({ code: 'auth.no_tokens' });
    expect(identitiesAt(host, JSON.stringify([entry]))).toMatchObject({ open: false });
  });
});
