import { describe, expect, it } from "vitest";
import { isLoopback, readAddress, redact } from "./address.ts";

const none = { token: null, username: null, password: null };

describe("readAddress", () => {
  it("keeps a path prefix and takes credentials out of the address", () => {
    expect(readAddress("https://me:p%40ss@host.test:9090/prom/?x=1", none)).toEqual({
      kind: "address",
      address: {
        url: "https://host.test:9090/prom",
        headers: [{ name: "Authorization", value: `Basic ${btoa("me:p@ss")}` }],
        tls: null,
      },
    });
  });

  it("takes the token first, then the URL's user, then the one given apart", () => {
    const header = (text: string, credentials: typeof none | Record<keyof typeof none, string>) => {
      const reading = readAddress(text, credentials);
      return reading.kind === "address" ? reading.address.headers[0]?.value : reading.text;
    };
    const all = { token: "t0ken", username: "apart", password: "pw" };
    expect(header("http://a:b@host", all)).toBe("Bearer t0ken");
    expect(header("http://a:b@host", { ...all, token: null } as never)).toBe(`Basic ${btoa("a:b")}`);
    expect(header("http://host", { ...all, token: null } as never)).toBe(`Basic ${btoa("apart:pw")}`);
    expect(header("http://host", none)).toBeUndefined();
  });

  it("refuses credentials that stand twice, and a token that would begin another header", () => {
    const headers = [{ name: "authorization", value: "Bearer other" }];
    expect(readAddress("http://a:b@host", { ...none, headers })).toEqual({
      kind: "problem",
      text: "the header Authorization is given, and a token or a user as well: leave one of them out",
    });
    expect(readAddress("http://host", { ...none, token: "a\r\nX-Other: b" } as never)).toEqual({
      kind: "problem",
      text: "the token for Prometheus holds a character that no token may have, such as a line break",
    });
    expect(readAddress("http://host", { ...none, headers })).toMatchObject({ address: { headers } });
  });

  it.each([
    ["localhost:9090", "--prometheus localhost:9090 is not an address: did you mean http://localhost:9090?"],
    ["prometheus", "--prometheus prometheus is not an address: did you mean http://prometheus?"],
    ["ftp://me:secret@host", "--prometheus ftp://host is not an address: it must start with http:// or https://"],
    ["me:secret@host:9090", "--prometheus host:9090 is not an address: did you mean http://host:9090?"],
    ["http://", "--prometheus http:// is not an address: it must start with http:// or https://"],
  ])("refuses %s without repeating a secret", (text, problem) => {
    expect(readAddress(text, none)).toEqual({ kind: "problem", text: problem });
  });
});

describe("redact", () => {
  it.each([
    ["http://host/path?token=x#y", "http://host/path"],
    ["http://user:pa/ss@host/path", "http://host/path"],
    ["http://user:12/34@host/path", "http://host/path"],
    ["http://user:pa?ss@host/path", "http://host/path"],
    ["https://u:p@host:9090/", "https://host:9090"],
    ["https://u:p@host/a", "https://host/a"],
    ["//u:p@host/a", "//host/a"],
    ["/login?next=u:p@host", "/login"],
  ])("of %s is %s", (text, shown) => {
    expect(redact(text)).toBe(shown);
  });
});

describe("isLoopback", () => {
  it.each([
    ["http://127.0.0.1:9090", true],
    ["http://localhost", true],
    ["http://[::1]:9090", true],
    ["http://127.example.org", false],
    ["http://prometheus.test", false],
  ])("%s: %s", (url, loopback) => {
    expect(isLoopback(url)).toBe(loopback);
  });
});
