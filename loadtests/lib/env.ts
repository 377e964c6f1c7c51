/** What the runner hands over, by environment; see loadtests/README.md. */
export interface LoadEnv {
  readonly baseUrl: string;
  readonly token: string;
  readonly profile: string;
  /** Requests per second; null: the profile's own. */
  readonly rate: number | null;
  /** Seconds of the steady phase; null: the profile's own. */
  readonly duration: number | null;
  /** Seconds that a pause between two phases lasts at least. */
  readonly pause: number;
  /** Where the summary goes; null: only to the console. */
  readonly summaryFile: string | null;
}

function positive(name: string): number | null {
  const text = __ENV[name];
  if (text === undefined || text === "") return null;
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new Error(`${name} must be a positive number, not "${text}"`);
  return value;
}

/** A file keeps the token out of what anyone may list: a container's environment, a process's arguments. */
function readToken(): string {
  const file = __ENV.LOAD_TOKEN_FILE;
  return file === undefined || file === "" ? (__ENV.LOAD_TOKEN ?? "") : open(file).trim();
}

export function readEnv(): LoadEnv {
  const rate = positive("LOAD_RATE");
  if (rate !== null && !Number.isInteger(rate)) {
    throw new Error(`LOAD_RATE must be a whole number of requests per second, not ${rate}`);
  }
  return {
    baseUrl: (__ENV.LOAD_BASE_URL ?? "http://127.0.0.1:8080").replace(/\/$/, ""),
    token: readToken(),
    profile: __ENV.LOAD_PROFILE ?? "average",
    rate,
    duration: positive("LOAD_DURATION"),
    pause: positive("LOAD_PAUSE") ?? 0,
    summaryFile: __ENV.LOAD_SUMMARY_FILE ?? null,
  };
}
