import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { offerFile, offerIds } from '../../compose/library.js';
import { offerJsonSchema } from './form.js';

const ROOT = join(import.meta.dirname, '..', '..');
const FILE = join(ROOT, 'schemas', 'offer.schema.json');
const text = (id: string): string => readFileSync(offerFile(id), 'utf8');

describe('schemas/offer.schema.json', () => {
  it('is the form of an offer file (vitest -u writes it)', async () => {
    await expect(offerJsonSchema()).toMatchFileSnapshot(FILE);
  });

  it.each(offerIds())('accepts %s', (id) => {
    const check = z.fromJSONSchema(JSON.parse(offerJsonSchema()));
    expect(check.safeParse(parse(text(id))).error?.issues ?? []).toEqual([]);
  });

  it('knows no other words', () => {
    const check = z.fromJSONSchema(JSON.parse(offerJsonSchema()));
    const offer = parse(text('edoc')) as { clauses: Record<string, Record<string, unknown>> };
    expect(check.safeParse({ ...offer, clause: {} }).success).toBe(false);
    offer.clauses['5.4'] = { ...offer.clauses['5.4'], remind: '2 bank days before' };
    expect(check.safeParse(offer).success).toBe(false);
  });

  it.each(offerIds())('is named at the head of %s, where editors look for it', (id) => {
    expect(text(id).split('\n')[0]).toBe('# yaml-language-server: $schema=../../../schemas/offer.schema.json');
  });
});
