import { STATUS_CODES } from "node:http";

/** One thing that is wrong with a request: where, and what. */
export interface Issue {
  in: "path" | "query" | "body";
  /** JSON Pointer (RFC 6901) to the value; empty for the whole. */
  pointer: string;
  message: string;
}

/** Every kind of problem the API answers with: its status and the code that names it for programs. */
export const problemKinds = {
  "validation-failed": 400,
  "malformed-json": 400,
  "bad-request": 400,
  unauthorized: 401,
  "not-found": 404,
  "method-not-allowed": 405,
  "request-timeout": 408,
  "payload-too-large": 413,
  "unsupported-media-type": 415,
  "rate-limited": 429,
  "headers-too-large": 431,
  internal: 500,
  unavailable: 503,
} as const;

export type ProblemKind = keyof typeof problemKinds;

export interface ProblemDetails {
  detail: string;
  issues?: Issue[];
  headers?: Record<string, string>;
  cause?: unknown;
}

/** An answer of RFC 9457, thrown by whatever finds the problem and written in one place. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly issues: Issue[];
  readonly headers: Record<string, string>;

  constructor(kind: ProblemKind, details: ProblemDetails) {
    super(details.detail, { cause: details.cause });
    this.name = "Problem";
    this.kind = kind;
    this.status = problemKinds[kind];
    this.issues = details.issues ?? [];
    this.headers = details.headers ?? {};
  }
}

/** The body of `application/problem+json`. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  requestId: string;
  issues?: Issue[];
}

export function problemBody(problem: Problem, requestId: string): ProblemBody {
  return {
    type: `urn:task-api:problem:${problem.kind}`,
    title: STATUS_CODES[problem.status] ?? problem.kind,
    status: problem.status,
    detail: problem.message,
    requestId,
    ...(problem.issues.length > 0 && { issues: problem.issues }),
  };
}
