import { type Header, sameName } from "./headers.ts";
import type { Tls } from "./tls.ts";

/** Where Prometheus is, and how to show ourselves there. Credentials live in `headers` and `tls` alone. */
export interface PrometheusAddress {
  /** Without credentials, query and trailing slash: fit for messages and requests. */
  readonly url: string;
  /** Sent with every request. Their values are never to be shown. */
  readonly headers: readonly Header[];
  /** null: as Node does it by itself. */
  readonly tls: Tls | null;
}

export type AddressReading =
  | { readonly kind: "address"; readonly address: PrometheusAddress }
  | { readonly kind: "problem"; readonly text: string };

export interface Credentials {
  readonly token: string | null;
  readonly username: string | null;
  readonly password: string | null;
  /** Of the user's own, each name once. */
  readonly headers?: readonly Header[];
  readonly tls?: Tls | null;
}

/** Reads `--prometheus`; user and password in the URL win over those given apart, and a token over both. */
export function readAddress(text: string, credentials: Credentials): AddressReading {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    const shown = redact(trimmed);
    const hint = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
      ? "it must start with http:// or https://"
      : `did you mean http://${shown}?`;
    return problem(`--prometheus ${shown} is not an address: ${hint}`);
  }
  const { headers = [], tls = null } = credentials;
  const authorization = authorizationOf(url, credentials);
  if (authorization !== null && !/^[\x20-\x7e]+$/.test(authorization)) {
    return problem("the token for Prometheus holds a character that no token may have, such as a line break");
  }
  if (authorization !== null && headers.some(({ name }) => sameName(name, "Authorization"))) {
    return problem("the header Authorization is given, and a token or a user as well: leave one of them out");
  }
  const all = authorization === null ? headers : [...headers, { name: "Authorization", value: authorization }];
  const address = `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  return { kind: "address", address: { url: address, headers: all, tls: url.protocol === "https:" ? tls : null } };
}

function problem(text: string): AddressReading {
  return { kind: "problem", text };
}

function authorizationOf(url: URL, { token, username, password }: Credentials): string | null {
  if (token !== null) return `Bearer ${token}`;
  if (url.username !== "" || url.password !== "") return basic(decode(url.username), decode(url.password));
  return username === null ? null : basic(username, password ?? "");
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address as it may be shown: whatever could be a credential (userinfo, query) is taken out, even if it is no URL. */
export function redact(text: string): string {
  if (/^\/(?!\/)/.test(text)) return text.replace(/[?#].*$/s, "").slice(0, 200);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const shown =
    url !== undefined && url.host !== "" && !url.pathname.includes("@")
      ? `${url.protocol}//${url.host}${url.pathname === "/" ? "" : url.pathname}`
      : text.replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/|).*@/is, "$1").replace(/[?#].*$/s, "");
  return shown.slice(0, 200);
}

/** Loopback is never reached through a proxy, whatever the environment says. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(?:\.\d+){3}$/.test(hostname)
  );
}
