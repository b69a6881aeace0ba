/** The part of luxon-business-days (which ships no types) that the bench calls. */
declare module 'luxon-business-days' {
  export class BusinessDateTime {
    static fromMillis(at: number, options?: { readonly zone: string }): BusinessDateTime;
    setupBusiness(options: { readonly holidayMatchers: readonly ((day: BusinessDateTime) => boolean)[] }): void;
    plusBusiness(options: { readonly days: number }): BusinessDateTime;
    toISODate(): string;
    toMillis(): number;
  }
  const module: { readonly DateTime: typeof BusinessDateTime };
  export default module;
}
