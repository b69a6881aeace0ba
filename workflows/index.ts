/** The workflows that a worker registers; the bundle is made from this file. */
export { amendment } from './amendment.js';
export { contract } from './contract.js';
