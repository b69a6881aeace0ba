/** A table as `schema.prisma` describes it, in the words of PostgreSQL. */
export interface ModelTable {
  readonly table: string;
  /** `name type[ not null]`, sorted. */
  readonly columns: readonly string[];
  readonly primary: string;
  readonly unique: readonly string[];
  readonly indexes: readonly string[];
  /** `(columns) → table (columns)`, sorted. */
  readonly references: readonly string[];
}

const TYPES: Readonly<Record<string, string>> = {
  String: 'text',
  'String[]': 'text[]',
  Int: 'integer',
  BigInt: 'bigint',
  Boolean: 'boolean',
  Bytes: 'bytea',
  Json: 'jsonb',
  DateTime: 'timestamp with time zone',
  'Int @db.SmallInt': 'smallint',
  'DateTime @db.Date': 'date',
  'Decimal @db.Decimal(20, 2)': 'numeric(20,2)',
};

/** Reads the models of a Prisma schema of the plain form that this project uses. Throws on a type that it does not know. */
export function tablesOf(schema: string): readonly ModelTable[] {
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => ({
    name: name!,
    body: body!,
  }));
  const tableOf = new Map(models.map(({ name, body }) => [name, /@@map\("(\w+)"\)/.exec(body)![1]!]));
  const columnsOf = new Map(models.map(({ name, body }) => [name, namesOf(body)]));
  return models.map(({ name, body }) => {
    const names = columnsOf.get(name)!;
    const list = (fields: string, of = names): string =>
      fields
        .split(',')
        .map((field) => of.get(field.trim()) ?? field.trim())
        .join(', ');
    const columns: string[] = [];
    const references: string[] = [];
    let primary = '';
    for (const [, field, type, rest] of body.matchAll(/^ {2}(\w+) +([\w[\]?]+)(.*)$/gm)) {
      const target = /^(\w+)/.exec(type!)![1]!;
      const relation = /@relation\(fields: \[(.*?)\], references: \[(.*?)\]/.exec(rest!);
      if (relation)
        references.push(
          `(${list(relation[1]!)}) → ${tableOf.get(target)} (${list(relation[2]!, columnsOf.get(target)!)})`,
        );
      if (tableOf.has(target)) continue;
      const native = /@db\.(SmallInt|Date|Decimal\(20, 2\))(?!\w)/.exec(rest!);
      const plain = type!.replace('?', '') + (native ? ` ${native[0]}` : '');
      if (TYPES[plain] === undefined) throw new Error(`${name}.${field}: ${plain}`);
      columns.push(`${names.get(field!)} ${TYPES[plain]}${type!.endsWith('?') ? '' : ' not null'}`);
      if (/@id\b/.test(rest!)) primary = names.get(field!)!;
    }
    const attributes = (kind: string) =>
      [...body.matchAll(new RegExp(`@@${kind}\\(\\[(.*?)\\]`, 'g'))].map((match) => list(match[1]!));
    return {
      table: tableOf.get(name)!,
      columns: columns.sort(),
      primary: attributes('id')[0] ?? primary,
      unique: attributes('unique').sort(),
      indexes: attributes('index').sort(),
      references: references.sort(),
    };
  });
}

function namesOf(body: string): Map<string, string> {
  const fields = [...body.matchAll(/^ {2}(\w+) +[\w[\]?]+(.*)$/gm)];
  return new Map(fields.map(([, field, rest]) => [field!, /@map\("(\w+)"\)/.exec(rest!)?.[1] ?? field!]));
}
