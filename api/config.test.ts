import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig, readDatabaseUrl } from "./config.ts";

const good = { DATABASE_URL: "postgres://tasks:secret@127.0.0.1:5432/tasks" };

function problems(env: Record<string, string>): string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems;
}

describe("readConfig", () => {
  it("needs nothing but the database's address", () => {
    expect(readConfig(good)).toEqual({
      ok: true,
      config: {
        HOST: "127.0.0.1",
        PORT: 8080,
        INTERNAL_PORT: 9464,
        DATABASE_URL: good.DATABASE_URL,
        DB_POOL_MAX: 10,
        DB_ACQUIRE_TIMEOUT_MS: 2000,
        DB_STATEMENT_TIMEOUT_MS: 5000,
        LATENCY_EDGES: [],
        RATE_LIMIT_PER_MINUTE: 600,
        TRUST_PROXY: 0,
        LOG_LEVEL: "info",
        DRAIN_SECONDS: 0,
        SHUTDOWN_TIMEOUT_SECONDS: 10,
      },
    });
  });

  it("takes the database's address from a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "config-"));
    try {
      const file = join(folder, "database-url");
      writeFileSync(file, `${good.DATABASE_URL}\n`);
      const result = readConfig({ DATABASE_URL_FILE: file });
      expect(result.ok && result.config.DATABASE_URL).toBe(good.DATABASE_URL);
      expect(readDatabaseUrl({ DATABASE_URL_FILE: file })).toEqual({ ok: true, url: good.DATABASE_URL });
      expect(problems({ ...good, DATABASE_URL_FILE: file })).toEqual([
        "DATABASE_URL_FILE and DATABASE_URL are both set; keep one of them",
      ]);
      expect(problems({ DATABASE_URL_FILE: `${file}x` })).toEqual([
        `DATABASE_URL_FILE ${file}x cannot be read (ENOENT); correct the path or its rights`,
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("reads numbers and lists", () => {
    const env = {
      ...good,
      PORT: "0",
      LATENCY_EDGES: "0.3, 1.5e-2,2",
      DRAIN_SECONDS: "2.5",
      RATE_LIMIT_PER_MINUTE: "0",
    };
    const result = readConfig(env);
    expect(result.ok && result.config).toMatchObject({
      PORT: 0,
      LATENCY_EDGES: [0.3, 0.015, 2],
      DRAIN_SECONDS: 2.5,
      RATE_LIMIT_PER_MINUTE: 0,
    });
  });

  it("takes an empty variable as unset", () => {
    const result = readConfig({ ...good, PORT: "", TOKEN_FILE: "", LATENCY_EDGES: "" });
    expect(result.ok && result.config).toMatchObject({ PORT: 8080, LATENCY_EDGES: [] });
    expect(result.ok && result.config.TOKEN_FILE).toBeUndefined();
  });

  it.each([
    ["PORT", "65536", "PORT must be a whole number from 0 to 65535"],
    ["PORT", "http", "PORT must be a whole number from 0 to 65535"],
    ["INTERNAL_PORT", "-1", "INTERNAL_PORT must be a whole number from 0 to 65535"],
    ["DB_POOL_MAX", "0", "DB_POOL_MAX must be a whole number from 1 to 1000"],
    ["RATE_LIMIT_PER_MINUTE", "1.5", "RATE_LIMIT_PER_MINUTE must be a whole number from 0 to 100000000"],
    ["LATENCY_EDGES", "0.3,fast", "LATENCY_EDGES must be seconds above 0, separated by commas, such as 0.05,0.3"],
    ["LATENCY_EDGES", "0", "LATENCY_EDGES must be seconds above 0, separated by commas, such as 0.05,0.3"],
    ["LATENCY_EDGES", "1e999", "LATENCY_EDGES must be seconds above 0, separated by commas, such as 0.05,0.3"],
    ["DRAIN_SECONDS", "5s", "DRAIN_SECONDS must be seconds from 0 to 3600, such as 2.5"],
    ["SHUTDOWN_TIMEOUT_SECONDS", "9999", "SHUTDOWN_TIMEOUT_SECONDS must be seconds from 0 to 3600, such as 2.5"],
    ["LOG_LEVEL", "loud", "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent"],
    [
      "DATABASE_URL",
      "mysql://a:secret@b/c",
      "DATABASE_URL must be a URL such as postgres://user:password@127.0.0.1:5432/tasks",
    ],
    [
      "DATABASE_URL",
      "postgres://a:50%@b/c",
      "DATABASE_URL must be a URL such as postgres://user:password@127.0.0.1:5432/tasks",
    ],
  ])("refuses %s=%s", (name, value, message) => {
    expect(problems({ ...good, [name]: value })).toEqual([message]);
  });

  it("names every bad variable at once, and never a password", () => {
    const found = problems({ DATABASE_URL: "http://a:secret@b/c", PORT: "x", LOG_LEVEL: "y" });
    expect(found).toHaveLength(3);
    expect(found.join()).not.toContain("secret");
  });

  it("says what DATABASE_URL is where it is missing", () => {
    const message =
      "DATABASE_URL is required: the address of PostgreSQL, such as postgres://user:password@127.0.0.1:5432/tasks";
    expect(problems({})).toEqual([message]);
    expect(readDatabaseUrl({ DATABASE_URL: "" })).toEqual({ ok: false, problem: message });
  });
});
