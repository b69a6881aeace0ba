import { z } from 'zod';
import { parseDay } from '../law/day.js';
import { parseInstant } from '../law/instant.js';

/** The fields that data of facts are made of. Each message says what would be right. */

const MONEY = /^(?:0|[1-9]\d{0,12})\.\d{2}$/;
const RATE = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?$/;

const isDay = (text: string): boolean => typeof parseDay(text) === 'number';
const isInstant = (text: string): boolean => typeof parseInstant(text) === 'number';

/** True for a decimal string with two digits, above zero: `"8650.00"`. */
export const isMoney = (text: string): boolean => MONEY.test(text) && text !== '0.00';

/** Tiyn of a money string that `isMoney` has passed. */
export const tiynOf = (money: string): bigint => BigInt(money.replace('.', ''));

/** Money above zero, a decimal string with two digits. */
export const money = z
  .string({ error: 'must be money: a decimal string with two digits, such as "8650.00"' })
  .refine(isMoney, { error: 'must be money above zero with exactly two digits after the point, such as "8650.00"' });

/** ISO 4217: three capital letters. */
export const currency = z
  .string({ error: 'must be a currency: three capital letters, such as KZT' })
  .regex(/^[A-Z]{3}$/, { error: 'must be a currency: three capital letters, such as KZT' });

/** A rate of exchange, a decimal string above zero with at most six digits after the point. */
export const rate = z
  .string({ error: 'must be a rate: a decimal string, such as "478.25"' })
  .refine((text) => RATE.test(text) && Number(text) > 0, { error: 'must be a rate above zero, such as "478.25"' });

/** A day `YYYY-MM-DD`. */
export const day = z
  .string({ error: 'must be a day, YYYY-MM-DD' })
  .refine(isDay, { error: 'must be a day that exists, YYYY-MM-DD' });

/** An instant with its offset. */
export const instant = z
  .string({ error: 'must be an instant with an offset, such as 2026-03-20T00:00:00+05:00' })
  .refine(isInstant, {
    error: 'must be an instant with an offset, such as 2026-03-20T00:00:00+05:00',
  });

/** A day or an instant: where an offer may name either. */
export const dayOrInstant = z
  .string({ error: 'must be a day, YYYY-MM-DD, or an instant with an offset' })
  .refine((text) => isDay(text) || isInstant(text), {
    error: 'must be a day, YYYY-MM-DD, or an instant with an offset',
  });

/** An id, a number of a document, a clause: any text that is not empty. */
export const name = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(200, { error: 'must not be longer than 200 characters' });

/** Words of a person. */
export const text = z
  .string({ error: 'must be text' })
  .max(10_000, { error: 'must not be longer than 10000 characters' });

/** Yes or no. */
export const flag = z.boolean({ error: 'must be true or false' });

/** One word of a closed list. */
export const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) =>
  z.enum(words, { error: `must be one of: ${words.join(', ')}` });

/** Parts of a payment that its payer set against invoices. */
export const allocation = z.array(z.strictObject({ invoice: name, amount: money }), {
  error: 'must be a list of { invoice, amount }',
});
