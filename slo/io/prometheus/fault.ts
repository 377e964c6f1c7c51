/** Stable codes of what can go wrong between us and Prometheus. */
export type PrometheusFaultCode =
  | "unreachable"
  | "timeout"
  | "bad-query"
  | "too-expensive"
  | "unauthorized"
  | "redirected"
  | "bad-answer"
  | "partial"
  | "clock-skew"
  | "server-error"
  | "interrupted";

/** The one error the Prometheus room rejects with: a code, and a text that names the cause and what to do. */
export class PrometheusFault extends Error {
  readonly code: PrometheusFaultCode;

  constructor(code: PrometheusFaultCode, text: string, options?: ErrorOptions) {
    super(text, options);
    this.name = "PrometheusFault";
    this.code = code;
  }
}

const NOT_TLS = "not a TLS server, or one with another protocol: is it http:// rather than https://?";

const CONNECTION_CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused: nothing listens there",
  ENOTFOUND: "the host name is not known",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to the network",
  ECONNRESET: "the connection was closed before the answer was complete",
  EPIPE: "the connection was closed before the answer was complete",
  EPROTO: NOT_TLS,
  ERR_BAD_RESPONSE: "the connection was closed before the answer was complete",
};

const TOO_LARGE = /maxContentLength size of (\d+) exceeded/;
const TIMEOUT_CODES = new Set(["ECONNABORTED", "ETIMEDOUT", "ERR_CANCELED", "ESOCKETTIMEDOUT"]);

export interface Conversation {
  /** The address without credentials, as it may be shown. */
  readonly address: string;
  /** Seconds one request may take. */
  readonly timeout: number;
}

/** The fault behind a request that got no whole answer. `code` and `message` as Node or axios gave them. */
export function connectionFault(
  conversation: Conversation,
  cause: { readonly code?: string | undefined; readonly message?: string | undefined },
): PrometheusFault {
  const { address, timeout } = conversation;
  const code = cause.code ?? "";
  const tooLarge = TOO_LARGE.exec(cause.message ?? "");
  if (tooLarge !== null) {
    return new PrometheusFault(
      "too-expensive",
      `the answer of ${address} is larger than ${tooLarge[1]} bytes: judge a shorter window, or select fewer series`,
    );
  }
  if (TIMEOUT_CODES.has(code)) {
    return new PrometheusFault("timeout", `${address} did not answer within ${timeout} s (--timeout sets the limit)`);
  }
  const why =
    CONNECTION_CAUSES[code] ?? tlsCause(code, cause.message ?? "") ?? (cause.message || "the connection failed");
  return new PrometheusFault("unreachable", `cannot reach Prometheus at ${address}: ${why}`);
}

const UNTRUSTED = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "INVALID_CA",
]);

/** What a TLS library says (OpenSSL's verification errors and alerts, as Node names them), and what to do. */
function tlsCause(code: string, message: string): string | undefined {
  if (UNTRUSTED.has(code))
    return `its certificate is signed by nobody who is trusted here (${code}): name its authority by --ca FILE, or by NODE_EXTRA_CA_CERTS beside the usual ones`;
  if (code === "CERT_HAS_EXPIRED") return "its certificate, or that of its authority, has expired: have it renewed";
  if (code === "CERT_NOT_YET_VALID") return "its certificate is not valid yet: is a clock wrong?";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") {
    const detail = /altnames: (.+)$/s.exec(message)?.[1]?.trim();
    const known = detail === undefined ? "" : ` (${detail})`;
    return `its certificate is for another host${known}: use a name that it has, or have one made for this name`;
  }
  if (/WRONG_VERSION_NUMBER|UNKNOWN_PROTOCOL/.test(code)) return NOT_TLS;
  if (/ALERT_CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE/.test(code))
    return `it wants a client's certificate (${code}): give one by --cert and --key`;
  if (/ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_)/.test(code))
    return `it does not accept our client certificate (${code}): see --cert and --key`;
  const isTls = code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL") || /CERT|SELF_SIGNED|UNABLE_TO_/.test(code);
  return isTls ? `its certificate or TLS set-up was refused (${code})` : undefined;
}
