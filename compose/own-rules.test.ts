import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../rules/engine/index.js';
import type { Fact } from '../rules/facts/fact.js';
import { calendarOf, deadlineOf, formatDay, parseTerm, zoneOf } from '../rules/law/index.js';
import { shippedLaws } from '../prisma/laws.js';
import { ownRules } from './own-rules.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'merzim-rules-'));
  mkdirSync(join(folder, 'policies'));
  // The examples of the page are what is tested.
  const page = readFileSync(new URL('../docs/OPERATIONS.md', import.meta.url), 'utf8');
  const [calendar, policy] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((block) => block[1] as string);
  writeFileSync(join(folder, 'calendar.yaml'), calendar as string);
  writeFileSync(join(folder, 'policies', 'gentle.yaml'), policy as string);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (text: string): number => Date.parse(text);

describe('days of an operator', () => {
  it('move a running deadline in bank days from their publication on, and only for who knows of them', () => {
    const term = parseTerm('5 bank days');
    if ('code' in term) throw new Error(term.message);
    const calendar = calendarOf('KZ', ownRules(folder).entries);
    const opened = at('2026-09-30T10:00:00+05:00');
    const lastDay = (asOf: string, knownAt = asOf): string => {
      const zone = zoneOf('Asia/Almaty');
      const counted = deadlineOf(
        term,
        { event: at('2026-10-05T10:00:00+05:00') },
        { zone, calendar, asOf: at(asOf), knownAt: at(knownAt), opened },
      );
      return formatDay(counted.lastDay as number);
    };
    // 6, 7, 8, 9, 12 October; without the 9th 6, 7, 8, 12, 13.
    expect(lastDay('2026-10-05T12:00:00+05:00')).toBe('2026-10-13');
    expect(lastDay('2026-09-30T12:00:00+05:00')).toBe('2026-10-12');
    expect(lastDay('2026-10-05T12:00:00+05:00', '2026-10-02T08:59:59+05:00')).toBe('2026-10-12');
  });

  it('are refused with file and place when one is not of the form', () => {
    const bad = mkdtempSync(join(tmpdir(), 'merzim-bad-'));
    writeFileSync(
      join(bad, 'calendar.yaml'),
      '- { day: "2026-02-30", kind: day off, reason: r, act: a, source: s, published: "2026-01-01", loaded: "2026-01-01" }\n',
    );
    expect(() => ownRules(bad)).toThrow(/calendar\.yaml 0\.day: calendar\.entries/);
    rmSync(bad, { recursive: true });
    expect(() => ownRules(join(folder, 'nowhere'))).toThrow(/MERZIM_RULES: there is no folder/);
  });
});

describe('policies of an operator', () => {
  it('decide by amount and kind of participant, and are another law than their names', () => {
    const laws = shippedLaws(undefined, ownRules(folder));
    const { edition } = laws.current('edoc') as { edition: string };
    const state = (amount: string, kind: string): string | undefined => {
      const law = laws.lawFor({ offer: 'edoc', edition, policy: 'gentle', participant: { kind } });
      if ('code' in law) throw new Error(law.message);
      expect(laws.nameOf(law).policy).toMatch(/^gentle@[0-9a-f]{16}$/);
      const fact = (id: string, type: string, when: string, subject: string, data: Record<string, unknown>): Fact => ({
        id,
        type,
        at: at(when),
        recordedAt: at(when),
        subject,
        data,
      });
      const facts = [
        fact('f1', 'participant.registered', '2026-03-02T10:00:00+05:00', 'contract', {}),
        fact('f2', 'invoice.presented', '2026-03-12T11:00:00+05:00', 'INV-1', {
          kind: 'subscription',
          amount,
          currency: 'KZT',
        }),
      ];
      const asOf = at('2026-03-20T00:00:00+05:00');
      return simulate(law, facts, { asOf, knownAt: asOf }).outcome.rights.find((right) => right.clause === '5.9')
        ?.state;
    };
    expect(state('49999.99', 'legal-entity')).toBe('open');
    expect(state('50000.00', 'individual')).toBe('asked');
    expect(state('50000.00', 'legal-entity')).toBe('used');
    expect(laws.policy('harsh')).toMatchObject({ code: 'policy.unknown' });
  });
});
