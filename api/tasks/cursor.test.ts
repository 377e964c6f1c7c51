import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.ts";

const id = "019b76e9-ea40-7ca4-8315-7e9bb13f674f";
const cursor = "AZt26epAfKSDFX6bsT9nTw";

describe("cursor", () => {
  it("holds the UUID in 22 characters that need no escaping", () => {
    expect(encodeCursor(id)).toBe(cursor);
    expect(decodeCursor(cursor)).toBe(id);
  });

  it("gives back every UUID", () => {
    fc.assert(fc.property(fc.uuid(), (any) => decodeCursor(encodeCursor(any)) === any));
  });

  it.each([
    ["", "empty"],
    [cursor.slice(1), "too short"],
    [`${cursor}A`, "too long"],
    [cursor.replace("A", "+"), "base64, not base64url"],
    [`${cursor.slice(0, -1)}x`, "another spelling of the same bytes"],
    [id, "the UUID itself"],
  ])("refuses %j (%s)", (bad) => {
    expect(decodeCursor(bad)).toBeUndefined();
  });
});
