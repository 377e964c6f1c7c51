import type { Request } from "express";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** The method as a metric label; anything a client may invent becomes `_OTHER`. */
export function methodLabel(method: string | undefined): string {
  return method !== undefined && methods.has(method) ? method : "_OTHER";
}

/**
 * The pattern of the route that matched, never the path itself: the label must stay bounded.
 * Read it when the response ends; no route is known before.
 */
export function routeLabel(request: Pick<Request, "baseUrl"> & { route?: { path?: unknown } | undefined }): string {
  const path = request.route?.path;
  return typeof path === "string" ? request.baseUrl + path : "unmatched";
}
