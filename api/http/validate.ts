import type { Request } from "express";
import type * as z from "zod";
import type { Input, Operation } from "./operation.ts";
import { type Issue, Problem } from "./problem.ts";

function pointer(path: PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function toIssues(place: Issue["in"], issue: z.core.$ZodIssue): Issue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      in: place,
      pointer: pointer([...issue.path, key]),
      message: "is not known here",
    }));
  }
  return [{ in: place, pointer: pointer(issue.path), message: issue.message }];
}

/**
 * Reads what the operation needs from the request.
 * @throws Problem validation-failed with every issue of path, query and body
 */
export function validate<O extends Operation>(operation: O, request: Request): Input<O> {
  const issues: Issue[] = [];
  const read = (place: Issue["in"], schema: z.ZodType | undefined, value: unknown): unknown => {
    if (schema === undefined) return undefined;
    const result = schema.safeParse(value);
    if (!result.success) issues.push(...result.error.issues.flatMap((issue) => toIssues(place, issue)));
    return result.data;
  };
  const input = {
    params: operation.params && read("path", operation.params, request.params),
    query: operation.query && read("query", operation.query, request.query),
    body: operation.body && read("body", operation.body, request.body),
  };
  if (issues.length > 0) {
    throw new Problem("validation-failed", { detail: "The request does not meet the schema; see issues.", issues });
  }
  // The schemas just vouched for it; TypeScript cannot follow a generic through them.
  return input as Input<O>;
}
