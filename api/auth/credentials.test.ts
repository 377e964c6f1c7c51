import { describe, expect, it } from "vitest";
import { hashToken, readCredentials } from "./credentials.ts";

// printf abc | sha256sum
const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

describe("readCredentials", () => {
  it.each(["Bearer abc", "bearer abc", "BEARER   abc"])("reads %j", (header) => {
    expect(readCredentials(header)).toEqual({ kind: "token", key: abc });
  });

  it("tells missing from malformed", () => {
    expect(readCredentials(undefined)).toEqual({ kind: "missing" });
  });

  it.each(["", "abc", "Basic abc", "Bearer", "Bearer ", "Bearer a b", "Bearer ä", "Bearer =abc"])(
    "refuses %j",
    (header) => {
      expect(readCredentials(header)).toEqual({ kind: "malformed" });
    },
  );
});

it("hashes as sha256sum does", () => {
  expect(hashToken("abc")).toBe(abc);
});
