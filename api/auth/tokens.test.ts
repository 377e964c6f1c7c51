import { describe, expect, it } from "vitest";
import type { Database } from "../db/database.ts";
import { createTokens } from "./tokens.ts";

/** A table in memory that counts how often it is asked, with a clock that the test moves. */
function setUp(rows: Record<string, { expiresAt: string | null }>) {
  const state = { asked: 0, now: Date.parse("2026-01-01T00:00:00Z") };
  const database = {
    query: async (_statement: unknown, values: unknown[]) => {
      state.asked += 1;
      const row = rows[String(values[0])];
      return row ? [row] : [];
    },
  } as Database;
  return { state, tokens: createTokens(database, () => state.now) };
}

describe("createTokens", () => {
  it("believes a valid token for half a minute, then asks again", async () => {
    const { state, tokens } = setUp({ a: { expiresAt: null } });
    expect(tokens.remembers("a")).toBe(false);
    expect((await tokens.check("a")).kind).toBe("valid");
    state.now += 29_999;
    expect(tokens.remembers("a")).toBe(true);
    expect((await tokens.check("a")).kind).toBe("valid");
    expect(state.asked).toBe(1);
    state.now += 1;
    expect(tokens.remembers("a")).toBe(false);
    await tokens.check("a");
    expect(state.asked).toBe(2);
  });

  it("asks for an unknown token each time", async () => {
    const { state, tokens } = setUp({});
    expect(await tokens.check("a")).toEqual({ kind: "unknown" });
    expect(await tokens.check("a")).toEqual({ kind: "unknown" });
    expect(state.asked).toBe(2);
  });

  it("never believes a token beyond its expiry", async () => {
    const { state, tokens } = setUp({ a: { expiresAt: "2026-01-01T00:00:10Z" } });
    expect((await tokens.check("a")).kind).toBe("valid");
    state.now += 10_000;
    expect(tokens.remembers("a")).toBe(false);
    expect(await tokens.check("a")).toEqual({ kind: "expired" });
  });
});
