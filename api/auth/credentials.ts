import { hash } from "node:crypto";

/** What the Authorization header says, before anybody has checked it. `key`: SHA-256 of the token, in hex. */
export type Credentials = { kind: "missing" } | { kind: "malformed" } | { kind: "token"; key: string };

// RFC 6750: b64token. The scheme's name is case-insensitive (RFC 9110).
const bearer = /^bearer +([\w.~+/-]+=*)$/i;

/** The only form in which tokens are kept: they are long and random, so a fast hash suffices. */
export function hashToken(token: string): string {
  return hash("sha256", token, "hex");
}

export function readCredentials(header: string | undefined): Credentials {
  if (header === undefined) return { kind: "missing" };
  const token = bearer.exec(header)?.[1];
  return token === undefined ? { kind: "malformed" } : { kind: "token", key: hashToken(token) };
}
