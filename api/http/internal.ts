import type { RequestListener, ServerResponse } from "node:http";
import type { Readiness } from "../readiness.ts";

export interface InternalParts {
  readiness: () => Promise<Readiness>;
  metrics: () => Promise<{ contentType: string; text: string }>;
  onError: (error: unknown) => void;
}

function send(response: ServerResponse, status: number, contentType: string, text: string): void {
  response.writeHead(status, { "Content-Type": contentType, "Cache-Control": "no-store" }).end(text);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, "application/json", `${JSON.stringify(value)}\n`);
}

/** Metrics and health, on a port of their own that is never published. Plain node:http: it must cost little. */
export function createInternalListener(parts: InternalParts): RequestListener {
  const routes: Record<string, (response: ServerResponse) => Promise<void>> = {
    "/metrics": async (response) => {
      const { contentType, text } = await parts.metrics();
      send(response, 200, contentType, text);
    },
    "/health/live": async (response) => sendJson(response, 200, { status: "live" }),
    "/health/ready": async (response) => {
      const state = await parts.readiness();
      if (state.ready) sendJson(response, 200, { status: "ready" });
      else sendJson(response, 503, { status: "not ready", reason: state.reason });
    },
  };
  return (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) return sendJson(response, 404, { status: "not found", routes: Object.keys(routes) });
    if (request.method !== "GET" && request.method !== "HEAD") return sendJson(response, 405, { status: "GET only" });
    route(response).catch((error: unknown) => {
      parts.onError(error);
      if (!response.headersSent) sendJson(response, 500, { status: "failed" });
    });
  };
}
