import { describe, expect, it } from "vitest";
import { isoTimestamp } from "./types.ts";

describe("isoTimestamp", () => {
  it.each([
    ["2026-01-31 12:00:00+00", "2026-01-31T12:00:00Z"],
    ["2026-01-31 12:00:00.123456+00", "2026-01-31T12:00:00.123456Z"],
    ["2026-01-31 12:00:00.5+02", "2026-01-31T10:00:00.500Z"],
    ["2026-01-31 12:00:00-03:30", "2026-01-31T15:30:00.000Z"],
  ])("writes %s as %s", (text, iso) => {
    expect(isoTimestamp(text)).toBe(iso);
  });
});
