import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCalendarEntries } from '../rules/law/entries.js';
import type { CalendarEntry, Refusal } from '../rules/law/types.js';
import { zoneOf } from '../rules/law/zone.js';
import { readPolicy } from '../rules/policy/read.js';
import type { Policy } from '../rules/policy/types.js';

/** What an operator adds to the rules that ship: days of its calendar, and policies of its own. */
export interface OwnRules {
  readonly entries: readonly CalendarEntry[];
  readonly policies: ReadonlyMap<string, Policy>;
}

const NONE: OwnRules = { entries: [], policies: new Map() };
const kept = new Map<string, OwnRules>();

/**
 * The rules in the folder that `MERZIM_RULES` names: `calendar.yaml` and `policies/*.yaml`. Read once: a change takes a restart, like a release.
 * Throws with file and place when one of them cannot be taken, because judging by half of the rules would be worse than not starting.
 */
export function ownRules(folder: string | undefined = process.env['MERZIM_RULES']): OwnRules {
  if (folder === undefined || folder === '') return NONE;
  const known = kept.get(folder);
  if (known) return known;
  if (!existsSync(folder)) throw new Error(`MERZIM_RULES: there is no folder ${folder}`);
  const calendar = join(folder, 'calendar.yaml');
  const entries = existsSync(calendar)
    ? taken(readCalendarEntries(readFileSync(calendar, 'utf8'), calendar, zoneOf('Asia/Almaty')))
    : [];
  const policies = new Map<string, Policy>();
  const shelf = join(folder, 'policies');
  for (const name of existsSync(shelf) ? readdirSync(shelf).filter((one) => one.endsWith('.yaml')) : []) {
    const file = join(shelf, name);
    const policy = taken(readPolicy(readFileSync(file, 'utf8'), file));
    policies.set(policy.id, policy);
  }
  const own = { entries, policies };
  kept.set(folder, own);
  return own;
}

function taken<T extends object>(read: T | Refusal): T {
  if ('code' in read && 'message' in read) throw new Error(`${read.where ?? ''}: ${read.code}: ${read.message}`);
  return read as T;
}
