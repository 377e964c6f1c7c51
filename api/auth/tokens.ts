import type { Database, Statement } from "../db/database.ts";

const insert: Statement = {
  name: "token_register",
  text: "INSERT INTO api_tokens (token_hash, name) VALUES (decode($1, 'hex'), $2) ON CONFLICT DO NOTHING",
};

const find: Statement = {
  name: "token_find",
  text: `SELECT expires_at AS "expiresAt" FROM api_tokens WHERE token_hash = decode($1, 'hex')`,
};

/** Names of all statements on tokens, for metrics that start at zero. */
export const tokenStatements = [insert.name, find.name];

/** `until`: when the answer has to be asked for again, milliseconds since the epoch. */
type TokenState = { kind: "valid"; until: number } | { kind: "unknown" } | { kind: "expired" };

export interface Tokens {
  /** Idempotent. `key`: see `hashToken`. */
  register: (key: string, name: string) => Promise<void>;
  /** Whether the token is known to be valid without asking PostgreSQL. */
  remembers: (key: string) => boolean;
  check: (key: string) => Promise<TokenState>;
}

/** A valid token is believed for this long, so that a revoked one dies within it. */
const trustMilliseconds = 30_000;
const rememberedAtMost = 10_000;

/**
 * Tokens as PostgreSQL holds them. Valid ones are remembered for a while; unknown ones never, so that a new token
 * works at once and guesses cannot fill the memory.
 * @param now milliseconds since the epoch
 */
export function createTokens(database: Database, now: () => number): Tokens {
  const validUntil = new Map<string, number>();

  const remember = (key: string, until: number): void => {
    if (validUntil.size >= rememberedAtMost) validUntil.clear();
    validUntil.set(key, until);
  };
  const remembers = (key: string): boolean => (validUntil.get(key) ?? 0) > now();

  return {
    register: async (key, name) => {
      await database.query(insert, [key, name]);
    },
    remembers,
    check: async (key) => {
      const remembered = validUntil.get(key) ?? 0;
      if (remembered > now()) return { kind: "valid", until: remembered };
      const [row] = await database.query<{ expiresAt: string | null }>(find, [key]);
      if (row === undefined) return { kind: "unknown" };
      const expires = row.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(row.expiresAt);
      if (expires <= now()) return { kind: "expired" };
      const until = Math.min(now() + trustMilliseconds, expires);
      remember(key, until);
      return { kind: "valid", until };
    },
  };
}
