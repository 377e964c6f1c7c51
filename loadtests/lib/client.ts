import { check } from "k6";
import http, { type RefinedResponse } from "k6/http";
import { countOutcome, countStart, countWrongBody } from "./counters.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** A named request: `route` is the server's own pattern, so that client and server can be laid side by side. */
export interface RequestKind {
  readonly method: Method;
  readonly route: string;
  readonly expect: number;
}

export type Send = (kind: RequestKind, path: string, body?: unknown) => RefinedResponse<"text"> | null;

const TIMEOUT = "10s";

/** Returns a function that sends one request, counts it and checks it; null when the answer is not the expected one. */
export function client(baseUrl: string, token: string): Send {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  return (kind, path, body) => {
    const name = requestName(kind);
    countStart();
    const response = http.request(kind.method, baseUrl + path, body === undefined ? null : JSON.stringify(body), {
      headers,
      redirects: 0,
      responseType: "text",
      tags: { name },
      timeout: TIMEOUT,
    });
    countOutcome(response.status, kind.expect);
    const good = check(response, { [`${name} answers ${kind.expect}`]: (answer) => answer.status === kind.expect });
    return good ? response : null;
  };
}

/** Checks what an answer says; a body that is not as it must be counts as an unexpected answer. */
export function expectBody<Body>(
  response: RefinedResponse<"text">,
  rule: string,
  holds: (body: Body) => boolean,
): Body | null {
  const body = parsed<Body>(response);
  const good = check(body, { [rule]: (value) => value !== null && holds(value) });
  if (!good) countWrongBody();
  return good ? body : null;
}

function parsed<Body>(response: RefinedResponse<"text">): Body | null {
  try {
    return JSON.parse(response.body) as Body;
  } catch {
    return null;
  }
}

export function requestName(kind: RequestKind): string {
  return `${kind.method} ${kind.route}`;
}
