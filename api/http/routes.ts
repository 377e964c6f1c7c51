import { type Request, type RequestHandler, type Response, Router } from "express";
import { readBody } from "./body.ts";
import { methodNotAllowed } from "./errors.ts";
import type { Handler, Operation, Reply } from "./operation.ts";
import { validate } from "./validate.ts";

/** An operation with what does it. */
export interface Endpoint {
  operation: Operation;
  /** Validates the request, then does it. */
  run: (request: Request) => Promise<Reply>;
}

export function endpoint<O extends Operation>(operation: O, handler: Handler<O>): Endpoint {
  // Async, so that a failed validation is a rejection as well.
  return { operation, run: async (request) => handler(validate(operation, request)) };
}

/** What every request, or every authenticated one, passes through before its handler. */
export interface Guards {
  always: RequestHandler[];
  authenticated: RequestHandler[];
}

function send(response: Response, status: number, reply: Reply): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (reply.body === undefined) {
    response.end();
    return;
  }
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  // Not response.json(): that weighs ETag, freshness and charset, which nothing here needs.
  response.end(JSON.stringify(reply.body));
}

function answer({ operation, run }: Endpoint): RequestHandler {
  const { status } = operation.success;
  return (request, response: Response) => run(request).then((reply) => send(response, status, reply));
}

function chain(target: Endpoint, guards: Guards): RequestHandler[] {
  const { operation } = target;
  return [
    ...guards.always,
    ...(operation.authenticated ? guards.authenticated : []),
    ...(operation.body ? readBody : []),
    answer(target),
  ];
}

/** Routes each endpoint; other methods on the same path are answered 405. */
export function createRouter(endpoints: Endpoint[], guards: Guards): Router {
  const router = Router();
  for (const [path, group] of Map.groupBy(endpoints, ({ operation }) => operation.path)) {
    const route = router.route(path);
    for (const target of group) {
      const handlers = chain(target, guards);
      switch (target.operation.method) {
        case "GET":
          route.get(...handlers);
          break;
        case "POST":
          route.post(...handlers);
          break;
        case "PATCH":
          route.patch(...handlers);
          break;
        case "DELETE":
          route.delete(...handlers);
          break;
        default:
          target.operation.method satisfies never;
      }
    }
    route.all(methodNotAllowed(group.map(({ operation }) => operation.method)));
  }
  return router;
}
