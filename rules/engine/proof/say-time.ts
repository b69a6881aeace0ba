/** The day of `2026-04-14` or `2026-04-14T00:00:00+05:00` as `14.04.2026`. */
export const day = (iso: string): string => `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`;

/** `2026-04-14T00:00:00+05:00` as `14.04.2026 00:00`, local time. */
export const moment = (iso: string): string => `${day(iso)} ${iso.slice(11, 16)}`;
