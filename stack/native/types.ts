import type { ChildProcess } from "node:child_process";
import type { Crash } from "../lib/crash.ts";

/** A program and its arguments; paths absolute. `cwd` is the caller's own if absent. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

/** A process of the caller's own, leader of its group, which must not outlive the stack. */
export interface Guest {
  readonly name: string;
  readonly child: ChildProcess;
}

export interface NativeOptions {
  readonly api: {
    /** Is given HOST, PORT, INTERNAL_PORT, DATABASE_URL, TOKEN_FILE and `env`; its own environment is the caller's. */
    readonly start: Command;
    /** Both are given DATABASE_URL, and run only when the prepared database is not in the cache. */
    readonly migrate: Command;
    readonly seed: Command;
    readonly env: Readonly<Record<string, string>>;
    /** Processes of the API; 1 if absent. */
    readonly replicas?: number;
  };
  /**
   * Files and folders whose contents decide what the prepared database holds (migrations, seed script). The arguments
   * of `migrate` and `seed` count as well, so a different number of tasks is a different database.
   */
  readonly templateInputs: readonly string[];
  readonly prometheus: {
    readonly bin: string;
    /** A Prometheus duration, such as `500ms`. */
    readonly scrapeInterval: string;
  };
  /** The user's cache: the prepared database is kept in a folder `database` inside it. */
  readonly cacheDir: string;
  /** `api.log` (`api-2.log`, …), `postgres.log`, `prometheus.log`, `prepare.log` are written here; made if absent. */
  readonly logDir: string;
  /** Ports that must be these; the others are free ones. */
  readonly ports?: {
    readonly api?: number;
    readonly apiInternal?: number;
    readonly prometheus?: number;
    readonly postgres?: number;
  };
  /** Everything temporary lies in one new folder inside it; the system's own if absent. */
  readonly tempRoot?: string;
  /** Milliseconds that each part has to become ready; 30,000 if absent. */
  readonly readyWithin?: number;
  /** What is happening, a line at a time, for people. */
  readonly say: (line: string) => void;
  /** Ends the start-up: everything begun is torn down and `startNative` rejects with code `aborted`. */
  readonly signal?: AbortSignal;
}

export interface ApiReplica {
  /** Its `instance` label in Prometheus: `api-1`, `api-2`, … */
  readonly instance: string;
  readonly api: string;
  readonly internal: string;
}

export interface NativeStack {
  /** `http://127.0.0.1:port`; of the API's replicas the first. `postgres` carries no password. */
  readonly addresses: {
    readonly api: string;
    readonly apiInternal: string;
    readonly prometheus: string;
    readonly postgres: string;
  };
  readonly replicas: readonly ApiReplica[];
  /** Secret of this run: a bearer token of the API. */
  readonly token: string;
  /** Where the token stands, readable by this user only, while the stack is up. */
  readonly tokenFile: string;
  /** Secret of this run: connects as the API does. */
  readonly databaseUrl: string;
  /** `postgres`, `prometheus`, `node`. */
  readonly versions: Readonly<Record<string, string>>;
  /** By part: `postgres`, `prometheus`, `api` (`api-2`, …). */
  readonly pids: Readonly<Record<string, number>>;
  /** Seconds from the call until each was ready: `database` (prepared data in place), `postgres`, `api`, `prometheus`, `total`. */
  readonly timings: Readonly<Record<string, number>>;
  /** Never rejects; never resolves if nothing ends before `stop`. */
  readonly crashed: Promise<Crash>;
  /** Takes in the load generator, so that it ends with the stack. */
  adopt(guest: Guest): void;
  /** Ends every part and removes everything but the logs; may be called at any time and as often as wanted. */
  stop(): Promise<void>;
}
