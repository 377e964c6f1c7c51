import type * as z from "zod";
import type { ProblemKind } from "./problem.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

interface Success {
  status: 200 | 201 | 204;
  description: string;
  body?: z.ZodType;
  headers?: Record<string, string>;
}

/** One method on one route: what validates it, documents it, routes it and labels its metrics. */
export interface Operation {
  method: Method;
  /** Express pattern; also the `route` label. */
  path: `/${string}`;
  summary: string;
  description?: string;
  /** False: open to everybody. */
  authenticated: boolean;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  success: Success;
  /** Problems of its own, beyond those that follow from the fields above. */
  problems: readonly ProblemKind[];
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** The request after validation, as its operation's schemas describe it. */
export interface Input<O extends Operation> {
  params: Parsed<O["params"]>;
  query: Parsed<O["query"]>;
  body: Parsed<O["body"]>;
}

export interface Reply {
  body?: unknown;
  headers?: Record<string, string>;
}

export type Handler<O extends Operation> = (input: Input<O>) => Promise<Reply>;

export type Operations = Record<string, Operation>;
export type Handlers<O extends Operations> = { [Name in keyof O]: Handler<O[Name]> };

/** Every problem an operation may answer with. */
export function problemsOf(operation: Operation): ProblemKind[] {
  const validated = operation.params ?? operation.query ?? operation.body;
  return [
    ...(validated ? (["validation-failed"] as const) : []),
    ...(operation.authenticated ? (["unauthorized"] as const) : []),
    ...(operation.body ? (["malformed-json", "payload-too-large", "unsupported-media-type"] as const) : []),
    ...operation.problems,
    "rate-limited",
    "internal",
    "unavailable",
  ];
}
