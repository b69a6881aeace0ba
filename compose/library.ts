import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Law, Participant } from '../rules/engine/types.js';
import { calendarOf } from '../rules/law/calendar.js';
import type { Refusal } from '../rules/law/types.js';
import { compileOffer } from '../rules/offer/compile.js';
import type { CompiledOffer } from '../rules/offer/types.js';
import { BUILT_IN } from '../rules/policy/builtin.js';
import { readPolicy } from '../rules/policy/read.js';
import { ownRules } from './own-rules.js';
import type { Policy } from '../rules/policy/types.js';

/** Where the offers that ship with the product stand: one folder each, with `offer.yaml` and `scenarios/`. */
export const OFFERS_FOLDER = fileURLToPath(new URL('../rules/offers/', import.meta.url));

const compiled = new Map<string, CompiledOffer>();

/** The ids of the offers that ship with the product. */
export function offerIds(): readonly string[] {
  return readdirSync(OFFERS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(OFFERS_FOLDER, entry.name, 'offer.yaml')))
    .map((entry) => entry.name)
    .sort();
}

/** The file of an offer: its id, or a path to a file of one. */
export function offerFile(idOrFile: string): string {
  return /[/\\.]/.test(idOrFile) ? idOrFile : join(OFFERS_FOLDER, idOrFile, 'offer.yaml');
}

/** Loads and compiles an offer by id or file, once. Refuses what is not there or does not compile, with the place. */
export function loadOffer(idOrFile: string): CompiledOffer | Refusal {
  const file = offerFile(idOrFile);
  const known = compiled.get(file);
  if (known) return known;
  if (!existsSync(file))
    return {
      code: 'offer.unknown',
      message: `there is no offer "${idOrFile}"; there are ${offerIds().join(', ')}`,
      where: idOrFile,
    };
  const offer = compileOffer(readFileSync(file, 'utf8'), file);
  if (!('code' in offer)) compiled.set(file, offer);
  return offer;
}

/** A policy by name (`automatic`, `ask`, `leave`) or file. */
export function loadPolicy(nameOrFile: string): Policy | Refusal {
  const known = BUILT_IN[nameOrFile] ?? ownRules().policies.get(nameOrFile);
  if (known) return known;
  if (!existsSync(nameOrFile))
    return {
      code: 'policy.unknown',
      message: `"${nameOrFile}" is neither a policy (automatic, ask, leave) nor a file of one`,
      where: nameOrFile,
    };
  return readPolicy(readFileSync(nameOrFile, 'utf8'), nameOrFile);
}

/** The law of a contract: offer, calendar, policy and who the participant is. */
export function lawFor(
  offer: string,
  choice: { readonly policy: string; readonly participant: Participant },
): Law | Refusal {
  const edition = loadOffer(offer);
  if ('code' in edition) return edition;
  const policy = loadPolicy(choice.policy);
  if ('code' in policy) return policy;
  return {
    offer: edition,
    calendar: calendarOf(edition.calendarId, ownRules().entries),
    policy,
    participant: choice.participant,
  };
}
