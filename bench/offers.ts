import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { offerFile, offerIds } from '../compose/library.js';
import { compileOffer } from '../rules/offer/compile.js';
import { microseconds, type Row } from './measure.js';

/** P5: all shipped offers compiled from their text, beside the bare parsing of the same YAML. */
export async function rows(): Promise<Row[]> {
  const texts = offerIds().map((id) => [offerFile(id), readFileSync(offerFile(id), 'utf8')] as const);
  const ours = await microseconds(() => texts.map(([file, text]) => compileOffer(text, file)), 5, 400);
  const bare = await microseconds(() => texts.map(([, text]) => parse(text)), 5, 400);
  const against = 'parsing the YAML alone';
  return [
    {
      id: 'P5',
      work: 'all five offers compiled',
      ours: ours.median / 1000,
      unit: 'ms',
      peers: { [against]: bare.median / 1000 },
      ratio: bare.median / ours.median,
      against,
      spread: [ours.low / 1000, ours.high / 1000],
    },
  ];
}
