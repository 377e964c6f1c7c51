import { readFileSync } from "node:fs";
import * as z from "zod";

/** pg takes user, password and database apart only at the first connection, and throws there. */
function decodes({ username, password, pathname }: URL): boolean {
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

const postgresUrl = z
  .string({ error: "is required: the address of PostgreSQL, such as postgres://user:password@127.0.0.1:5432/tasks" })
  // The value may hold a password, so no message repeats it.
  .refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url) && decodes(new URL(url)), {
    error: "must be a URL such as postgres://user:password@127.0.0.1:5432/tasks",
  });

function integer(low: number, high: number, fallback: number) {
  const error = `must be a whole number from ${low} to ${high}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= low && value <= high, { error })
    .default(fallback);
}

function seconds(high: number, fallback: number) {
  const error = `must be seconds from 0 to ${high}, such as 2.5`;
  return z
    .string()
    .regex(/^\d+(\.\d+)?$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value <= high, { error })
    .default(fallback);
}

const edges = z
  .string()
  .transform((text, context) => {
    const values = text.split(",").map((part) => part.trim());
    const bad = values.filter(
      (value) => !/^\d+(\.\d+)?(e-?\d+)?$/i.test(value) || !(Number(value) > 0 && Number(value) < 1e9),
    );
    if (bad.length > 0) {
      context.addIssue({ code: "custom", message: "must be seconds above 0, separated by commas, such as 0.05,0.3" });
      return z.NEVER;
    }
    return values.map(Number);
  })
  .default([]);

const environment = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: integer(0, 65535, 8080),
  INTERNAL_PORT: integer(0, 65535, 9464),
  DATABASE_URL: postgresUrl,
  DB_POOL_MAX: integer(1, 1000, 10),
  DB_ACQUIRE_TIMEOUT_MS: integer(1, 60_000, 2000),
  DB_STATEMENT_TIMEOUT_MS: integer(1, 600_000, 5000),
  TOKEN_FILE: z.string().optional(),
  LATENCY_EDGES: edges,
  RATE_LIMIT_PER_MINUTE: integer(0, 100_000_000, 600),
  TRUST_PROXY: integer(0, 16, 0),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be one of fatal, error, warn, info, debug, trace, silent",
    })
    .default("info"),
  DRAIN_SECONDS: seconds(3600, 0),
  SHUTDOWN_TIMEOUT_SECONDS: seconds(3600, 10),
});

/** The API's settings, one key a variable of the environment (see api/README.md). */
export type Config = z.infer<typeof environment>;

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

/** The settings as they stand in the environment, with the address of the database taken from its file if one is named. */
function environmentOf(env: NodeJS.ProcessEnv): { set: Record<string, string | undefined>; problems: string[] } {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const file = set.DATABASE_URL_FILE;
  if (file === undefined) return { set, problems: [] };
  if (set.DATABASE_URL !== undefined) {
    return { set, problems: ["DATABASE_URL_FILE and DATABASE_URL are both set; keep one of them"] };
  }
  try {
    return { set: { ...set, DATABASE_URL: readFileSync(file, "utf8").trim() }, problems: [] };
  } catch (error) {
    const cause = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { set, problems: [`DATABASE_URL_FILE ${file} cannot be read (${cause}); correct the path or its rights`] };
  }
}

/**
 * Reads the settings from the environment. An empty variable counts as unset, since that is what Compose
 * hands over for one it does not know.
 * @returns every problem as "NAME message", or the settings
 */
export function readConfig(env: NodeJS.ProcessEnv): ConfigResult {
  const { set, problems } = environmentOf(env);
  if (problems.length > 0) return { ok: false, problems };
  const result = environment.safeParse(set);
  if (result.success) return { ok: true, config: result.data };
  return { ok: false, problems: result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) };
}

/**
 * Reads DATABASE_URL, or the file that DATABASE_URL_FILE names, alone, for the commands that need nothing else.
 * @returns the problem as "NAME message", or the URL
 */
export function readDatabaseUrl(env: NodeJS.ProcessEnv): { ok: true; url: string } | { ok: false; problem: string } {
  const { set, problems } = environmentOf(env);
  if (problems[0] !== undefined) return { ok: false, problem: problems[0] };
  const result = postgresUrl.safeParse(set.DATABASE_URL);
  if (result.success) return { ok: true, url: result.data };
  return { ok: false, problem: `DATABASE_URL ${result.error.issues[0]?.message ?? "is not valid"}` };
}
