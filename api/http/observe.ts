import type { Request, RequestHandler, Response } from "express";
import { explainDatabaseError } from "../db/errors.ts";
import type { Log } from "../log.ts";
import type {} from "./locals.ts";
import { requestId } from "./request-id.ts";
import { methodLabel, routeLabel } from "./route-label.ts";

/** nginx' word for a client that went away before its answer. */
const clientClosedRequest = 499;

/** Told about each request of the public port. */
export interface HttpObserver {
  began: () => void;
  /** Once a request, whether it was answered or abandoned. Seconds. */
  ended: (method: string, route: string, status: number, seconds: number) => void;
}

interface RequestLine {
  requestId: string;
  method: string;
  route: string;
  status: number;
  seconds: number;
}

/** A line for each request costs a sixth of its CPU: by default only what went wrong here is logged. */
function logRequest(log: Log, line: RequestLine, failure: unknown): void {
  if (failure === undefined) {
    log.debug(line, "request");
  } else if (line.status === 503) {
    // PostgreSQL's absence fails many requests alike: its reason is enough, without a stack each.
    log.warn({ ...line, reason: explainDatabaseError(failure) }, "request refused");
  } else {
    log.error({ ...line, err: failure }, "request failed");
  }
}

/**
 * Gives each request its id, and tells observer and log how it ended.
 * Listens to `close`, since a client that goes away fires neither `finish` nor an error.
 * @param draining while true, clients are asked to take their next request elsewhere
 */
export function observe(observer: HttpObserver, log: Log, draining: () => boolean): RequestHandler {
  return (request: Request, response: Response, next) => {
    const start = performance.now();
    const id = requestId(request.headers["x-request-id"]);
    response.locals.requestId = id;
    response.setHeader("X-Request-ID", id);
    if (draining()) response.setHeader("Connection", "close");
    observer.began();
    response.once("close", () => {
      const seconds = (performance.now() - start) / 1000;
      const status = response.writableFinished ? response.statusCode : clientClosedRequest;
      const method = methodLabel(request.method);
      const route = routeLabel(request);
      observer.ended(method, route, status, seconds);
      logRequest(log, { requestId: id, method, route, status, seconds }, response.locals.failure);
    });
    next();
  };
}
