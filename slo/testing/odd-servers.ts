import type { RequestListener } from "node:http";
import { afterEach } from "vitest";
import { type RunningServer, serveHttp, serveTcp } from "./http.ts";

/** Servers of one test file, each stopped after the test that started it; all but `keep` give their address. */
export function oddServers() {
  const running: RunningServer[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ stop }) => stop()));
  });
  const keep = (server: RunningServer): string => {
    running.push(server);
    return server.url;
  };
  const http = async (listener: RequestListener) => keep(await serveHttp(listener));
  return {
    keep,
    http,
    says: (status: number, body: string, headers: Record<string, string> = {}) =>
      http((_request, response) => response.writeHead(status, headers).end(body)),
    /** Accepts, and never answers. */
    silent: async () => keep(await serveTcp(() => undefined)),
  };
}
