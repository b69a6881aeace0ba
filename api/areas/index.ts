import { adopting } from './adopting.js';
import { amending } from './amending.js';
import { answering } from './answering.js';
import { auditing } from './auditing.js';
import { deciding } from './deciding.js';
import { moving } from './moving.js';
import { offers } from './offers.js';
import { reading } from './reading.js';
import { recording } from './recording.js';
import { simulating } from './simulating.js';
import { waiting } from './waiting.js';
import type { Area } from './area.js';

/** The tree of routes under `/v1`: each area says who may come in. */
export const AREAS: readonly Area[] = [
  reading,
  auditing,
  recording,
  adopting,
  amending,
  deciding,
  answering,
  waiting,
  moving,
  simulating,
  offers,
];
