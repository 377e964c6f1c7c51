import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from "zod-openapi";
import { type Operation, type Operations, problemsOf } from "./operation.ts";
import { type ProblemKind, problemKinds } from "./problem.ts";

const issueSchema = z.object({
  in: z.enum(["path", "query", "body"]),
  pointer: z.string().meta({ description: "JSON Pointer to the value; empty for the whole." }),
  message: z.string(),
});

export const problemSchema = z
  .object({
    type: z.string().meta({ description: "urn:task-api:problem:<code>", example: "urn:task-api:problem:not-found" }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    requestId: z.string(),
    issues: z.array(issueSchema).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details." });

function header(description: string) {
  return { description, schema: { type: "string" as const } };
}

const requestIdHeader = { "X-Request-ID": header("The caller's id, or a new one.") };

const problemHeaders: Partial<Record<ProblemKind, Record<string, ReturnType<typeof header>>>> = {
  unauthorized: { "WWW-Authenticate": header("RFC 6750 challenge.") },
  "rate-limited": {
    "Retry-After": header("Seconds to wait."),
    RateLimit: header("limit, remaining, reset (seconds)."),
    "RateLimit-Policy": header("Requests; window in seconds."),
  },
  unavailable: { "Retry-After": header("Seconds to wait.") },
};

function problemResponses(operation: Operation): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(problemsOf(operation), (kind) => problemKinds[kind]);
  const responses = [...byStatus].map(([status, kinds]) => [
    String(status),
    {
      description: kinds.join(", "),
      headers: Object.assign({}, requestIdHeader, ...kinds.map((kind) => problemHeaders[kind])),
      content: { "application/problem+json": { schema: problemSchema } },
    },
  ]);
  return Object.fromEntries(responses);
}

function describe(operationId: string, operation: Operation): ZodOpenApiOperationObject {
  const { success } = operation;
  const headers = Object.entries(success.headers ?? {}).map(([name, description]) => [name, header(description)]);
  return {
    operationId,
    summary: operation.summary,
    ...(operation.description !== undefined && { description: operation.description }),
    security: operation.authenticated ? [{ bearer: [] }] : [],
    requestParams: {
      ...(operation.params && { path: operation.params }),
      ...(operation.query && { query: operation.query }),
    },
    ...(operation.body && {
      requestBody: { required: true, content: { "application/json": { schema: operation.body } } },
    }),
    responses: {
      [`${success.status}`]: {
        description: success.description,
        headers: { ...requestIdHeader, ...Object.fromEntries(headers) },
        ...(success.body && { content: { "application/json": { schema: success.body } } }),
      },
      ...problemResponses(operation),
    },
  };
}

/** Express' pattern as OpenAPI writes it: `/tasks/:id` → `/tasks/{id}`. */
export function templatePath(pattern: string): string {
  return pattern.replace(/:(\w+)/g, "{$1}");
}

/** The OpenAPI 3.1 document of the operations, from the schemas that validate their requests. */
export function createOpenApi(operations: Operations): ReturnType<typeof createDocument> {
  const byPath = Map.groupBy(Object.entries(operations), ([, operation]) => templatePath(operation.path));
  const paths = [...byPath].map(([path, group]) => [
    path,
    Object.fromEntries(group.map(([id, operation]) => [operation.method.toLowerCase(), describe(id, operation)])),
  ]);
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: "Task API",
      version: "1.0.0",
      description: "Tasks, over HTTP. Every error is application/problem+json (RFC 9457).",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    paths: Object.fromEntries(paths),
  });
}
