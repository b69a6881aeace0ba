import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as calendarData from '../rules/data/kz-calendar.js';
import * as mciData from '../rules/data/kz-mci.js';
import * as vatData from '../rules/data/kz-vat.js';
import { findCalendar, isRefusal, type Calendar } from '../rules/law/index.js';
import type { CalendarEntry, Refusal } from '../rules/law/types.js';
import { compileOffer, withEditions } from '../rules/offer/compile.js';
import type { CompiledOffer } from '../rules/offer/types.js';
import { BUILT_IN } from '../rules/policy/builtin.js';
import type { Policy } from '../rules/policy/types.js';
import { canonical, sha256 } from './chain.js';
import type { LawSource } from './engine.js';

/** What an operator adds to the rules that ship. */
export interface Additions {
  readonly entries: readonly CalendarEntry[];
  readonly policies: ReadonlyMap<string, Policy>;
}

const NOTHING: Additions = { entries: [], policies: new Map() };

/**
 * The laws of this build: the newest edition of each offer is `offer.yaml` in its folder, and editions that the record has kept are
 * learned by their text. Throws when an offer that ships with the product does not compile.
 * @param folder one folder for each offer; by default the product's own
 * @param own days of the operator's calendar and policies of its own
 */
export function shippedLaws(folder: string = offersFolder(), own: Additions = NOTHING): LawSource {
  const policyOf = (id: string): Policy | undefined =>
    Object.hasOwn(BUILT_IN, id) ? BUILT_IN[id] : own.policies.get(id);
  const offers = new Map<string, CompiledOffer>();
  const joined = new Map<string, CompiledOffer>();
  const offerOf = (edition: string, adopted: readonly string[]): CompiledOffer | Refusal => {
    const name = [edition, ...adopted].join('+');
    const known = joined.get(name);
    if (known !== undefined) return known;
    const editions: CompiledOffer[] = [];
    for (const one of [edition, ...adopted]) {
      const offer = offers.get(one);
      if (offer === undefined) return unknown('edition.unknown', `edition ${one} is not at hand`);
      editions.push(offer);
    }
    const offer = withEditions(editions[0]!, editions.slice(1));
    if (!isRefusal(offer)) joined.set(name, offer);
    return offer;
  };
  const shipped = new Map<string, { readonly edition: string; readonly text: string }>();
  for (const { file, text } of offerFiles(folder)) {
    const offer = compileOffer(text, file);
    if (isRefusal(offer)) throw new Error(`${offer.where ?? file}: ${offer.code}: ${offer.message}`);
    offers.set(offer.edition, offer);
    shipped.set(offer.id, { edition: offer.edition, text });
  }
  return {
    current: (id) =>
      shipped.get(id) ??
      unknown('offer.unknown', `there is no offer "${id}"; there are ${[...shipped.keys()].join(', ')}`),
    has: (edition) => offers.has(edition),
    learn(edition, text) {
      const offer = compileOffer(text, `edition ${edition}`);
      if (isRefusal(offer)) return offer;
      if (offer.edition !== edition)
        return unknown('edition.unknown', `the stored text of edition ${edition} is read as ${offer.edition}`);
      offers.set(edition, offer);
      return null;
    },
    policy: (id) => (policyOf(id) === undefined ? unknownPolicy(id, own) : null),
    lawFor({ edition, adopted = [], policy: policyId, policies: later = [], participant }) {
      const offer = offerOf(edition, adopted);
      if (isRefusal(offer)) return offer;
      const policy = policyOf(policyId);
      if (policy === undefined) return unknownPolicy(policyId, own);
      const policies: Policy[] = [];
      for (const id of new Set(later)) {
        if (id === policyId) continue;
        const known = policyOf(id);
        if (known === undefined) return unknownPolicy(id, own);
        policies.push(known);
      }
      const calendar = findCalendar(offer.calendarId, own.entries);
      return isRefusal(calendar) ? calendar : { offer, calendar, policy, policies, participant };
    },
    nameOf: ({ offer, calendar, policy, policies = [] }) => ({
      edition: offer.editions.map(({ edition }) => edition).join('+'),
      calendar: digestOfCalendar(calendar),
      policy: [policy, ...policies].map(({ edition, id }) => edition ?? id).join('+'),
    }),
  };
}

const digests = new WeakMap<Calendar, string>();

/** Digest of the days and rates that deadlines and amounts depend on: a list that is loaded later makes another law. */
function digestOfCalendar(calendar: Calendar): string {
  let digest = digests.get(calendar);
  if (digest === undefined) {
    digest = sha256(
      canonical(JSON.parse(JSON.stringify([calendar.id, calendar.entries, calendarData, mciData, vatData]))),
    );
    digests.set(calendar, digest);
  }
  return digest;
}

function* offerFiles(folder: string): Iterable<{ readonly file: string; readonly text: string }> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name, 'offer.yaml');
    if (entry.isDirectory() && existsSync(file)) yield { file, text: readFileSync(file, 'utf8') };
  }
}

/** In the sources, or beside a build. */
function offersFolder(): string {
  for (const path of ['../rules/offers/', '../../rules/offers/']) {
    const folder = fileURLToPath(new URL(path, import.meta.url));
    if (existsSync(join(folder, 'edoc', 'offer.yaml'))) return folder;
  }
  throw new Error('the folder rules/offers is missing');
}

function unknown(code: 'offer.unknown' | 'edition.unknown' | 'policy.unknown', message: string): Refusal {
  return { code, message };
}

function unknownPolicy(id: string, own: Additions): Refusal {
  const names = [...Object.keys(BUILT_IN), ...own.policies.keys()].join(', ');
  return unknown('policy.unknown', `"${id}" is none of the policies: ${names}`);
}
