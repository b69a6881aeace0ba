import { Failure } from './failure.mjs';

const WANTED = [20, 19];
const NOON_UTC = Date.UTC(2026, 2, 20, 12);

/** The first release of the time-zone data that knows of Kazakhstan's change. */
const FIRST_RIGHT = '2024a';

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

/** Asks the data themselves only where their release does not settle it: making a formatter takes ten milliseconds. */
export function almatyOffsetHours(release = process.versions.tz) {
  if (release !== undefined && release >= FIRST_RIGHT) return 5;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Almaty', hour: '2-digit', hourCycle: 'h23' });
  return Number(format.format(NOON_UTC)) - 12;
}
