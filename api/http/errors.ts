import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import { Problem, problemBody } from "./problem.ts";
import { routeLabel } from "./route-label.ts";
import { toProblem } from "./to-problem.ts";

/** RFC 9112: HTTP/1.1 demands it. */
export const requireHost: RequestHandler = (request, _response, next) => {
  if (request.headers.host !== undefined || request.httpVersion !== "1.1") return next();
  throw new Problem("bad-request", { detail: "The request has no Host header." });
};

export const notFound: RequestHandler = (request) => {
  throw new Problem("not-found", { detail: `There is nothing at ${request.path}.` });
};

/** @param methods those the route has, upper-case */
export function methodNotAllowed(methods: string[]): RequestHandler {
  const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort().join(", ");
  return (request, response) => {
    if (request.method === "OPTIONS") {
      response.writeHead(204, { Allow: allowed }).end();
      return;
    }
    throw new Problem("method-not-allowed", {
      detail: `${request.method} is not possible here.`,
      headers: { Allow: allowed },
    });
  };
}

/**
 * Writes every error as `application/problem+json` (RFC 9457).
 * @param invalid told the route of each request that does not meet its schema
 */
export function answerProblems(invalid: (route: string) => void): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next) => {
    const problem = toProblem(error);
    if (problem.status >= 500) response.locals.failure = problem.cause ?? problem;
    if (problem.kind === "validation-failed" || problem.kind === "malformed-json") invalid(routeLabel(request));
    // Half an answer is out already: only breaking the connection tells the client.
    if (response.headersSent) return next(error);
    response.statusCode = problem.status;
    for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
    response.setHeader("Content-Type", "application/problem+json");
    response.end(JSON.stringify(problemBody(problem, response.locals.requestId)));
  };
}
