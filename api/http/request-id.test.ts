import { describe, expect, it } from "vitest";
import { requestId } from "./request-id.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("requestId", () => {
  it("keeps a caller's id", () => {
    expect(requestId("k6-1.2:3~a+/=_b")).toBe("k6-1.2:3~a+/=_b");
    expect(requestId("x".repeat(128))).toBe("x".repeat(128));
  });

  it.each([undefined, "", "a b", 'a"b', "ä", "x".repeat(129), "a\nb"])("replaces %j", (header) => {
    expect(requestId(header)).toMatch(uuid);
  });

  it("replaces several", () => {
    expect(requestId(["a", "b"])).toMatch(uuid);
  });
});
