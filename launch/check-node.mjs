import { Failure } from './failure.mjs';

const WANTED = [20, 19];
const NOON_UTC = Date.UTC(2026, 2, 20, 12);

/**
 * Throws a Failure when Node is too old, or its time-zone data do not know that Almaty is at UTC+5 since 1 March 2024
 * (Node 18.19 and 20.11 do not): every deadline would be an hour wrong.
 */
export function checkNode(version = process.versions.node, offsetHours = almatyOffsetHours()) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1])) {
    throw new Failure('node.too_old', { found: version, wanted: WANTED.join('.') });
  }
  if (offsetHours !== 5) throw new Failure('node.zone_data_wrong', { found: version });
}

function almatyOffsetHours() {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Almaty', hour: '2-digit', hourCycle: 'h23' });
  return Number(format.format(NOON_UTC)) - 12;
}
