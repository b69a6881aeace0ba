import type { Evidence } from './kz-calendar.js';

/** The general rate of value added tax, by the date of turnover. */
export interface VatRate {
  readonly from: string;
  /** Percent. */
  readonly percent: string;
  readonly act: string;
  readonly source: string;
  readonly published: string;
  readonly evidence: Evidence;
}

/**
 * Reduced rates (medicines, periodicals, export) depend on the goods and are not here. 12 % is given from 2018, when the Tax Code
 * that set it came into force; what was before is not needed and not claimed.
 */
export const VAT: readonly VatRate[] = [
  {
    from: '2018-01-01',
    percent: '12',
    act: 'Tax Code of 25.12.2017 No. 120-VI',
    source: 'https://adilet.zan.kz/rus/docs/K1700000120',
    published: '2017-12-25',
    evidence: 'press',
  },
  {
    from: '2026-01-01',
    percent: '16',
    act: 'Tax Code of 18.07.2025 No. 214-VIII, article 503',
    source: 'https://adilet.zan.kz/rus/docs/K2500000214',
    published: '2025-07-18',
    evidence: 'official',
  },
];
