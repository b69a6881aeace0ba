/**
 * Kazakhstan's days off as data: what the law names, what orders moved, for which years there is an official list.
 * Every item names its act, where it can be read, when it was published and how sure that is (`evidence`):
 * `official`: the act's text was read; `press`: reported by the press or by a ministry's page; `computed`: by rule.
 */
export type Evidence = 'official' | 'press' | 'computed';

/** A holiday that falls on the same date each year; `from` and `to` are the first and last years in which it is one. */
export interface FixedHoliday {
  readonly month: number;
  readonly day: number;
  readonly name: string;
  readonly from?: number;
  readonly to?: number;
}

/** One redaction of the law on holidays. In force for what is counted once it is published. */
export interface HolidayLaw {
  readonly act: string;
  readonly source: string;
  /** Null: before anything that is counted here. */
  readonly published: string | null;
  readonly evidence: Evidence;
  readonly note: string;
  readonly holidays: readonly FixedHoliday[];
}

/** The years of older holidays are from secondary sources; they only matter before 2022, where no year is official. */
const COMMON: readonly FixedHoliday[] = [
  { month: 1, day: 1, name: 'New Year' },
  { month: 1, day: 2, name: 'New Year' },
  { month: 3, day: 8, name: "International Women's Day" },
  { month: 3, day: 21, name: 'Nauryz', from: 2010 },
  { month: 3, day: 22, name: 'Nauryz' },
  { month: 3, day: 23, name: 'Nauryz', from: 2010 },
  { month: 5, day: 1, name: 'Unity Day' },
  { month: 5, day: 7, name: 'Defender of the Fatherland Day', from: 2013 },
  { month: 5, day: 9, name: 'Victory Day' },
  { month: 7, day: 6, name: 'Capital Day', from: 2009 },
  { month: 10, day: 25, name: 'Republic Day', from: 1994, to: 2008 },
  { month: 10, day: 25, name: 'Republic Day', from: 2022 },
  { month: 12, day: 1, name: 'First President Day', from: 2012, to: 2021 },
  { month: 12, day: 16, name: 'Independence Day' },
  { month: 12, day: 17, name: 'Independence Day', from: 2002, to: 2021 },
];

/**
 * Holidays law of 13 December 2001 No. 267-II, articles 1-3 and 5, in the redactions that matter here. Article 5 gives a
 * holiday that falls on a weekend a day in lieu: the next day that is neither a weekend nor a holiday (since 2002).
 */
export const HOLIDAY_LAWS: readonly HolidayLaw[] = [
  {
    act: 'Law of 13.12.2001 No. 267-II, as amended to 19.04.2023',
    source: 'https://adilet.zan.kz/rus/docs/Z010000267_',
    published: null,
    evidence: 'official',
    note: 'The amendments of 2022 gave Republic Day back and took 1 and 17 December out.',
    holidays: [...COMMON, { month: 8, day: 30, name: 'Constitution Day', from: 1996 }],
  },
  {
    act: 'Constitution adopted by the referendum of 15.03.2026',
    source:
      'https://taspanews.kz/novosti-kazakhstana/v-etom-godu-u-kazakhstantsev-ne-budet-odnogo-vykhodnogo-795514517615',
    // The Constitution itself names the day of its adoption as the holiday; the Ministry of Labour said on 18 March 2026 what
    // follows for days off, and the holidays law was brought into line on 10 July 2026 (adilet.zan.kz/rus/docs/Z010000267_/history).
    // The earliest documented day counts: a term counted before it still saw 31 August 2026 off in lieu of Sunday the 30th,
    // and this publication moves such a term; from then on 31 August 2026 is worked.
    published: '2026-03-18',
    evidence: 'press',
    note: '30 August is no holiday from 2026 on; 15 March is one from 2027 on.',
    holidays: [
      ...COMMON,
      { month: 8, day: 30, name: 'Constitution Day', from: 1996, to: 2025 },
      { month: 3, day: 15, name: 'Constitution Day', from: 2027 },
    ],
  },
];

/** Labour Code, article 84(5), since 2006: days off that are no holidays, so nothing is given in lieu when they fall on a weekend. */
export const DAYS_OFF_WITHOUT_LIEU = {
  act: 'Labour Code of 23.11.2015 No. 414-V, article 84(5)',
  source: 'https://adilet.zan.kz/rus/docs/K1500000414',
  evidence: 'official' as Evidence,
  christmas: { month: 1, day: 7, name: 'Orthodox Christmas' },
  kurbanAit: 'Kurban Ait',
};

/**
 * The first day of Kurban Ait. 2023-2026 as celebrated; other years from the Umm al-Qura calendar (10 Dhu al-Hijja, which
 * gives the celebrated days of 2018-2026 too), and provisional like their years: a day off since 2006, the table ends in 2099.
 * A year may have two.
 */
export const KURBAN_AIT: readonly string[] = (
  '2006-01-10 2006-12-31 2007-12-20 2008-12-08 2009-11-27 2010-11-16 2011-11-06 2012-10-26 2013-10-15 2014-10-04 ' +
  '2015-09-23 2016-09-11 2017-09-01 2018-08-21 2019-08-11 2020-07-31 2021-07-20 2022-07-09 2023-06-28 2024-06-16 ' +
  '2025-06-06 2026-05-27 2027-05-16 2028-05-05 2029-04-24 2030-04-13 2031-04-02 2032-03-22 2033-03-12 2034-03-01 ' +
  '2035-02-19 2036-02-08 2037-01-27 2038-01-16 2039-01-05 2039-12-26 2040-12-15 2041-12-04 2042-11-23 2043-11-12 ' +
  '2044-11-01 2045-10-21 2046-10-11 2047-09-30 2048-09-19 2049-09-08 2050-08-28 2051-08-17 2052-08-06 2053-07-26 ' +
  '2054-07-16 2055-07-05 2056-06-24 2057-06-13 2058-06-02 2059-05-22 2060-05-11 2061-04-30 2062-04-20 2063-04-09 ' +
  '2064-03-28 2065-03-17 2066-03-07 2067-02-24 2068-02-14 2069-02-02 2070-01-23 2071-01-12 2072-01-01 2072-12-20 ' +
  '2073-12-09 2074-11-29 2075-11-19 2076-11-07 2077-10-27 2078-10-16 2079-10-06 2080-09-24 2081-09-14 2082-09-04 ' +
  '2083-08-24 2084-08-12 2085-08-01 2086-07-21 2087-07-11 2088-06-29 2089-06-19 2090-06-09 2091-05-29 2092-05-17 ' +
  '2093-05-06 2094-04-25 2095-04-15 2096-04-04 2097-03-24 2098-03-13 2099-03-03'
).split(' ');

/** A day moved by the authorised body so that working time is used well (Labour Code, article 85(3)). */
export interface Transfer {
  readonly act: string;
  readonly source: string;
  readonly published: string;
  readonly evidence: Evidence;
  /** The Saturday or Sunday that is worked, and the weekday that is off in its place. */
  readonly worked: string;
  readonly off: string;
}

/** 2022 is not an official year here: its transfers are known, the rest of its list was not compared. None was found for 2026. */
export const TRANSFERS: readonly Transfer[] = [
  {
    act: 'Government decree of 06.10.2021 No. 713',
    source: 'https://pm.kz/en/news/kr-ukimeti-2022-zhyly-demalys-kunderin-auystyrudy-bekitti-1195927',
    published: '2021-10-06',
    evidence: 'press',
    worked: '2022-03-05',
    off: '2022-03-07',
  },
  {
    act: 'Government decree of 06.10.2021 No. 713',
    source: 'https://pm.kz/en/news/kr-ukimeti-2022-zhyly-demalys-kunderin-auystyrudy-bekitti-1195927',
    published: '2021-10-06',
    evidence: 'press',
    worked: '2022-08-27',
    off: '2022-08-29',
  },
  {
    act: 'Government decree No. 796 of October 2022, adding to No. 713',
    source: 'https://ortcom.kz/ru/novosti/1665217461',
    published: '2022-10-08',
    evidence: 'press',
    worked: '2022-10-22',
    off: '2022-10-24',
  },
  {
    act: 'Government decree of 25.04.2023 No. 326',
    source: 'https://adilet.zan.kz/rus/docs/P2300000326',
    published: '2023-04-25',
    evidence: 'press',
    worked: '2023-07-01',
    off: '2023-07-07',
  },
  {
    act: 'Order of the Ministry of Labour of 17.04.2024 No. 109',
    source: 'https://adilet.zan.kz/rus/docs/G24G0000109',
    published: '2024-04-17',
    evidence: 'press',
    worked: '2024-05-04',
    off: '2024-05-08',
  },
  {
    act: 'Order of the Ministry of Labour of 21.11.2024 No. 436',
    source: 'https://adilet.zan.kz/rus/docs/G24G0000436',
    published: '2024-11-21',
    evidence: 'press',
    worked: '2025-01-05',
    off: '2025-01-03',
  },
];

/** Years whose list is official: their days off were compared with the published calendar and agree day by day. */
export const OFFICIAL_YEARS: readonly {
  readonly year: number;
  readonly workingDays: number;
  readonly source: string;
}[] = [
  { year: 2023, workingDays: 246, source: 'Balance of working time for 2023, five-day week (Ministry of Labour)' },
  { year: 2024, workingDays: 249, source: 'Balance of working time for 2024, five-day week (Ministry of Labour)' },
  { year: 2025, workingDays: 246, source: 'Balance of working time for 2025, five-day week (Ministry of Labour)' },
  { year: 2026, workingDays: 247, source: 'Balance of working time for 2026, five-day week, with 31 August worked' },
];
