// https://www.postgresql.org/docs/18/errcodes-appendix.html: a class is the first two characters.
// 28 and 3D, login and database refused, are faults of the environment: the statement was never looked at.
const unavailableClasses = new Set(["08", "28", "3D", "53", "57", "58"]);
const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOENT",
]);
const poolTimeout = "timeout exceeded when trying to connect";
// pg and pg-pool throw these without a code.
const driverMessages = [
  poolTimeout,
  "Connection terminated",
  "Query read timeout",
  "Client has encountered a connection error",
  "Client was closed and is not queryable",
  "Cannot use a pool after calling end on the pool",
  "timeout expired",
];

function codeOf(error: object): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Whether PostgreSQL could not be reached or could not serve just now, as opposed to refusing this statement. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code !== undefined) return networkCodes.has(code) || unavailableClasses.has(code.slice(0, 2));
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  return driverMessages.some((message) => error.message.startsWith(message));
}

/** Whether the statement needs a table or column that a migration has still to make. */
export function isSchemaMissing(error: unknown): boolean {
  return error instanceof Error && ["42P01", "42703", "3F000"].includes(codeOf(error) ?? "");
}

/**
 * One line for a person: what is wrong with the database and what to do.
 * @param error what pg threw
 */
export function explainDatabaseError(error: unknown): string {
  if (isSchemaMissing(error)) return "the database lacks our tables; run `node api/migrate.ts` first";
  if (!(error instanceof Error)) return String(error);
  const message = error.message || (error instanceof AggregateError && String(error.errors[0]?.message)) || error.name;
  const code = codeOf(error) ?? "";
  if (code.startsWith("28"))
    return `PostgreSQL refused the login (${message}); check user and password in DATABASE_URL`;
  if (code === "3D000") return `${message}; create it or name another in DATABASE_URL`;
  if (message === poolTimeout) return "no connection came free in time; PostgreSQL is slow, or DB_POOL_MAX too small";
  if (isUnavailable(error)) return `PostgreSQL cannot be reached (${message}); start it or correct DATABASE_URL`;
  return message;
}
