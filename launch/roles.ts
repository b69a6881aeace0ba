import pg from 'pg';

/** The role that owns the tables and runs migrations, and the one the product works with, which owns nothing. */
export const OWNER_ROLE = 'merzim_owner';
export const APP_ROLE = 'merzim_app';

/** Runs one piece of work on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  let lost: Error | null = null;
  client.on('error', (error) => (lost = error)); // without a listener a broken connection ends the process
  await client.connect();
  try {
    const result = await work(client);
    if (lost !== null) throw lost;
    return result;
  } finally {
    await client.end();
  }
}

/** Makes a role that can sign in, or gives it this password when it is there. It gets no other power. */
export async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const there = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = there.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${pg.escapeIdentifier(role)} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
}

/** Makes the database when it is missing; only its owner may create in it, and only named roles may enter. */
export async function ensureDatabase(client: pg.Client, name: string, owner: string, guest: string): Promise<void> {
  const there = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  const database = pg.escapeIdentifier(name);
  if (there.rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${pg.escapeIdentifier(owner)}`);
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${pg.escapeIdentifier(guest)}`);
}
