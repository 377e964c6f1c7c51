import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Command, NativeOptions } from "../types.ts";

const api = join(import.meta.dirname, "../../../api");

export interface Fixture {
  readonly root: string;
  /** Everything temporary of the stacks; empty when none is up. */
  readonly tempRoot: string;
  readonly cacheDir: string;
  readonly logDir: string;
  remove(): void;
}

/** Folders of a test's own, in /tmp because a test runner's TMPDIR may be closed to the user PostgreSQL runs as. */
export function makeFixture(): Fixture {
  const root = mkdtempSync("/tmp/pg-test-");
  const tempRoot = join(root, "temp");
  mkdirSync(tempRoot);
  chmodSync(root, 0o711);
  chmodSync(tempRoot, 0o711);
  return {
    root,
    tempRoot,
    cacheDir: join(root, "cache"),
    logDir: join(root, "logs"),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The real API and Prometheus, with these changes. */
export function realOptions(fixture: Fixture, changes: Partial<NativeOptions> = {}): NativeOptions {
  return {
    api: apiCommands(),
    templateInputs: [join(api, "migrations"), join(api, "seed.ts")],
    prometheus: { bin: prometheusBin(), scrapeInterval: "500ms" },
    cacheDir: fixture.cacheDir,
    logDir: fixture.logDir,
    tempRoot: fixture.tempRoot,
    say: () => undefined,
    ...changes,
  };
}

export function apiCommands(changes: Partial<NativeOptions["api"]> = {}): NativeOptions["api"] {
  return {
    start: node(join(api, "main.ts")),
    migrate: node(join(api, "migrate.ts")),
    seed: node(join(api, "seed.ts"), "--tasks", "50", "--seed", "1"),
    env: { LATENCY_EDGES: "0.05,0.3" },
    ...changes,
  };
}

export function node(...args: string[]): Command {
  return { command: process.execPath, args };
}

function prometheusBin(): string {
  const bin = process.env.PROMETHEUS_BIN;
  if (bin === undefined)
    throw new Error("PROMETHEUS_BIN is not set: run `npm test`, which brings Prometheus and sets it.");
  return bin;
}
