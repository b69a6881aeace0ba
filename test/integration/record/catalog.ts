import type pg from 'pg';

/** What a database says about itself: tables with columns, constraints, indexes, policies, triggers, functions and the rights of the application's role, one line each, sorted. */
export async function catalogOf(client: pg.ClientBase): Promise<string> {
  const parts: string[] = [];
  for (const [what, sql] of Object.entries(QUERIES)) {
    const { rows } = await client.query<{ line: string }>(sql);
    const lines = rows.map(({ line }) => line).sort();
    parts.push(`# ${what}`, ...lines, '');
  }
  return parts.join('\n');
}

const OURS = `c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'`;

const QUERIES: Readonly<Record<string, string>> = {
  columns: `SELECT format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attnotnull THEN ' not null' ELSE '' END, coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND ${OURS}`,
  constraints: `SELECT format('%s %s', c.relname, pg_get_constraintdef(k.oid)) AS line FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype IN ('p', 'f', 'u', 'c') AND ${OURS}`,
  indexes: `SELECT pg_get_indexdef(i.indexrelid) AS line FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE NOT i.indisprimary AND ${OURS}`,
  policies: `SELECT format('%s %s%s %s using %s check %s', c.relname, p.polname, CASE WHEN c.relrowsecurity THEN '' ELSE ' (off)' END, p.polcmd,
      pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) AS line
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE ${OURS}`,
  triggers: `SELECT pg_get_triggerdef(t.oid) AS line FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND ${OURS}`,
  functions: `SELECT format('%s(%s) %s %s %s', p.proname, pg_get_function_identity_arguments(p.oid),
      CASE WHEN p.prosecdef THEN 'as owner' ELSE 'as caller' END, array_to_string(p.proconfig, ' '), md5(p.prosrc)) AS line
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace`,
  'rights of the application': `SELECT format('%s %s', table_name, string_agg(privilege_type, ', ' ORDER BY privilege_type)) AS line
    FROM information_schema.table_privileges WHERE grantee = 'merzim_app' AND table_schema = 'public' GROUP BY table_name
    UNION ALL
    SELECT format('%s update (%s)', table_name, string_agg(column_name, ', ' ORDER BY column_name)) FROM information_schema.column_privileges
    WHERE grantee = 'merzim_app' AND table_schema = 'public' AND privilege_type = 'UPDATE'
      AND table_name NOT IN (SELECT table_name FROM information_schema.table_privileges
        WHERE grantee = 'merzim_app' AND privilege_type = 'UPDATE')
    GROUP BY table_name
    UNION ALL
    SELECT format('execute %s', routine_name) FROM information_schema.routine_privileges
    WHERE grantee = 'merzim_app' AND routine_schema = 'public'`,
};
