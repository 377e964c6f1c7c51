import type { PrometheusAddress } from "./address.ts";

/** Shorter ones would take words out of a message that have nothing to do with them. */
const LEAST = 4;

/** Whatever in an address's headers nobody must read: each value, and what it is made of. */
export function secretsOf({ headers }: PrometheusAddress): readonly string[] {
  const all = headers.flatMap(({ value }) => {
    const [scheme = "", ...rest] = value.split(" ");
    const bare = rest.join(" ");
    if (scheme.toLowerCase() !== "basic") return bare === "" ? [value] : [value, bare];
    const plain = Buffer.from(bare, "base64").toString();
    return [value, bare, plain, plain.slice(plain.indexOf(":") + 1)];
  });
  const forms = all.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return [...new Set(forms)].filter((secret) => secret.length >= LEAST).toSorted((a, b) => b.length - a.length);
}

/** A text without the secrets that a server may have repeated to us. */
export function scrubbed(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, "***"), text);
}
