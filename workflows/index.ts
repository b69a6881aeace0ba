/** The workflows that a worker registers; the bundle is made from this file. */
export { contract } from './contract.js';
