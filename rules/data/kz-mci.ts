import type { Evidence } from './kz-calendar.js';

/** The monthly calculation index (МРП, АЕК) for taxes and fines, set for one year by the law on the republican budget. */
export interface MciYear {
  readonly from: string;
  readonly to: string;
  /** Tenge. */
  readonly amount: string;
  readonly act: string;
  readonly source: string;
  readonly published: string;
  readonly evidence: Evidence;
}

/** A year that is not here is not known: the amount of 2027 comes with the budget law of December 2026. */
export const MCI: readonly MciYear[] = [
  {
    from: '2022-01-01',
    to: '2022-12-31',
    amount: '3063.00',
    act: 'Law on the republican budget for 2022-2024 (for fines; benefits had 3180.00 from 1 April 2022)',
    source: 'https://adilet.zan.kz/rus/docs/Z2100000077',
    published: '2021-12-02',
    evidence: 'press',
  },
  {
    from: '2023-01-01',
    to: '2023-12-31',
    amount: '3450.00',
    act: 'Law of 01.12.2022 No. 163-VII on the republican budget for 2023-2025',
    source: 'https://adilet.zan.kz/rus/docs/Z2200000163',
    published: '2022-12-01',
    evidence: 'press',
  },
  {
    from: '2024-01-01',
    to: '2024-12-31',
    amount: '3692.00',
    act: 'Law of 05.12.2023 on the republican budget for 2024-2026',
    source: 'https://ealegislation.com/document.fwx?rgn=163683',
    published: '2023-12-05',
    evidence: 'press',
  },
  {
    from: '2025-01-01',
    to: '2025-12-31',
    amount: '3932.00',
    act: 'Law of 04.12.2024 on the republican budget for 2025-2027',
    source:
      'https://www.lada.kz/kazakhstan-news/146822-tokaev-podpisal-triokhletnii-biudzhet-chto-izmenitsia-dlia-kazakhstantsev.html',
    published: '2024-12-04',
    evidence: 'press',
  },
  {
    from: '2026-01-01',
    to: '2026-12-31',
    amount: '4325.00',
    act: 'Law of 08.12.2025 on the republican budget for 2026-2028',
    source:
      'https://www.lada.kz/kazakhstan-news/146822-tokaev-podpisal-triokhletnii-biudzhet-chto-izmenitsia-dlia-kazakhstantsev.html',
    published: '2025-12-08',
    evidence: 'press',
  },
];
