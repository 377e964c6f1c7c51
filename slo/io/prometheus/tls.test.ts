import { createPrivateKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authority, issued } from "../../testing/tls.ts";
import { readTls } from "./tls.ts";

const ca = await authority("Test CA");
const own = await issued(ca, { client: true });
const other = await issued(ca, { client: true });
const file = (path: string, text: string) => ({ path, text });
const encrypted = createPrivateKey(own.key).export({
  type: "pkcs8",
  format: "pem",
  cipher: "aes-256-cbc",
  passphrase: "x",
});

describe("readTls", () => {
  it("takes authorities, several in a file, and a client's pair", () => {
    const bundle = `# Test CA\n${ca.cert}\n${own.cert}`;
    expect(readTls(file("ca.pem", bundle), { cert: file("c.pem", own.cert), key: file("k.pem", own.key) })).toEqual({
      kind: "ok",
      value: { ca: bundle, client: { cert: own.cert, key: own.key } },
    });
  });

  const cut = ca.cert.replace(/\n[A-Za-z0-9+/=]+(\r?\n-----END)/, "$1");

  it.each([
    ["an empty file", "", "ca.pem holds no certificate of an authority"],
    ["a key", own.key, "ca.pem holds no certificate of an authority, but a private key"],
    ["a cut certificate", cut, "ca.pem: the certificate cannot be read"],
    ["a good and a cut one", `${ca.cert}\n${cut}`, "ca.pem: certificate 2 of 2 cannot be read"],
  ])("refuses %s as an authority", (_what, text, problem) => {
    expect(readTls(file("ca.pem", text), null)).toMatchObject({ kind: "problem", text: problem });
  });

  it.each([
    ["no certificate", own.key, own.key, "c.pem holds no client certificate, but a private key"],
    ["no key", own.cert, own.cert, "k.pem holds no private key"],
    ["another's key", own.cert, other.key, "k.pem is not the key of the certificate in c.pem"],
    ["a cut key", own.cert, own.key.replace(/\n.{10}/, "\n"), "k.pem: the key cannot be read"],
    ["an encrypted key", own.cert, String(encrypted), "k.pem: the key is encrypted"],
  ])("refuses %s of a client", (_what, cert, key, problem) => {
    expect(readTls(null, { cert: file("c.pem", cert), key: file("k.pem", key) })).toMatchObject({
      kind: "problem",
      text: problem,
    });
  });
});
