/** The packages whose licence is neither allowed nor looked at, as `name version: licence`. */
export function unknownLicences(lock?: {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
}): readonly string[];
