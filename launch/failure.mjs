/**
 * What can keep Merzim from starting, as sentences: one entry per code. The texts say what to do about it.
 * Plain JavaScript, because the launcher reads this file before anything has been built.
 */
const sentences = {
  'node.too_old': ({ found, wanted }) => `Node ${found} is too old; Merzim needs Node ${wanted} or newer.`,
  'node.zone_data_wrong': ({ found }) =>
    `Node ${found} has wrong time-zone data for Asia/Almaty after 1 March 2024, so dates would be wrong; use Node 20.19 or newer with full ICU data.`,
  'folder.read_only': ({ folder, reason }) =>
    `The folder ${folder} cannot be written (${reason}); make it writable or choose another one.`,
  'install.failed': ({ reason }) => `Packages could not be installed (npm ci): ${reason}`,
  'install.npm_missing': () => 'npm was not found on PATH; it is needed once, to install packages.',
  'build.failed': ({ step, reason }) => `The build failed (${step}): ${reason}`,
  'setup.busy': ({ pid, file }) =>
    `Another launch (process ${pid}) has been installing or building for very long; wait for it, or end it and delete ${file}.`,
  'data.in_use': ({ folder, holder }) =>
    `Merzim is already running on the data folder ${folder} (${holder}); stop it first, or set MERZIM_DATA to another folder.`,
  'data.held_elsewhere': ({ file, holder }) =>
    `The data folder is locked from another machine (${holder}); if nothing runs there any more, delete ${file}.`,
  'port.in_use': ({ host, port, variable }) =>
    `Port ${port} on ${host} is used by another program; stop it or set ${variable} to another port.`,
  'port.wrong': ({ variable, value }) => `${variable} must be a port from 1 to 65535, not "${value}".`,
  'host.refused': ({ host, reason }) => `Cannot listen on ${host} (${reason}); set HOST to an address of this machine.`,
  'postgres.unsupported': ({ platform }) =>
    `There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a PostgreSQL 15 or newer.`,
  'postgres.failed': ({ step, reason }) => `The embedded PostgreSQL did not ${step}: ${reason}`,
  'postgres.other_version': ({ folder, found, wanted }) =>
    `The data in ${folder} were written by PostgreSQL ${found}, this is ${wanted}; move the folder away or use the older Merzim to export first.`,
  'database.unreachable': ({ where, reason }) =>
    `The database at ${where} cannot be used: ${reason}. Check DATABASE_URL and DATABASE_OWNER_URL.`,
  'database.role_refused': ({ role, reason }) =>
    `The role ${role} could not be made (${reason}); give two addresses instead: DATABASE_OWNER_URL for migrations and DATABASE_URL for a role that owns nothing.`,
  'temporal.not_found': ({ tried }) =>
    `No Temporal server could be had. Choose one: (1) set TEMPORAL_ADDRESS to a running server; (2) put the "temporal" program on PATH or name it in TEMPORAL_CLI_PATH; (3) allow the download that the Temporal SDK makes (temporal.download); (4) install Go, with which it is built from the Go module proxy. Tried: ${tried}`,
  'temporal.cli_unusable': ({ path, reason }) => `TEMPORAL_CLI_PATH names ${path}, which cannot be used: ${reason}.`,
  'temporal.unreachable': ({ address, reason }) => `No Temporal server answers at ${address}: ${reason}.`,
  'temporal.failed': ({ reason }) => `The Temporal server did not start: ${reason}`,
  'temporal.namespace_missing': ({ namespace, address }) =>
    `The Temporal server at ${address} has no namespace "${namespace}"; create it or set TEMPORAL_NAMESPACE.`,
  'temporal.attribute_type': ({ reason }) =>
    `${reason}. A wrong type would stop every contract without a word; remove the attribute (temporal operator search-attribute remove) or set TEMPORAL_NAMESPACE to another namespace.`,
  'database.migration_failed': ({ reason }) => `The database could not be brought up to date: ${reason}`,
  'part.keeps_failing': ({ name, how, log, tail }) =>
    `${name} keeps ending by itself (${how}); its log is ${log}. Its last lines:\n${tail}`,
  'start.not_ready': ({ url, seconds, answer }) =>
    `The API at ${url} was not ready after ${seconds} seconds: ${answer}`,
};

/** A reason not to start. `code` is one of the catalogue above, `message` its sentence. */
export class Failure extends Error {
  constructor(code, details = {}) {
    super(sentences[code](details));
    this.name = 'Failure';
    this.code = code;
  }
}

/** The codes, for the page that lists them and the test that compares. */
export const failureCodes = Object.keys(sentences);

/** What a thrown thing says, in one line. */
export const reasonOf = (thrown) =>
  thrown instanceof Error ? thrown.message || thrown.code || thrown.name : String(thrown);
