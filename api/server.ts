import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setImmediate as nextIteration } from "node:timers/promises";
import { refuseConnection } from "./http/client-error.ts";

/** nginx keeps idle connections to its upstreams 60 s: ours must outlive that, or a close races a request (502). */
const keepAliveMilliseconds = 75_000;

/** Milliseconds: what a connection gets to bring its first whole request once the server is closing. */
const closingGrace = 500;
const sweepInterval = 50;
/** Node's default backlog. */
const queueLength = 511;

/** A server that listens. */
export interface Listening {
  url: string;
  /**
   * Stops listening and waits until every request in flight is answered.
   * @returns false if some were still unanswered after `timeout` milliseconds and were cut off
   */
  close: (timeout: number) => Promise<boolean>;
}

/** @throws Error with a cause and what to do, in one line, if the port cannot be had */
export async function listen(
  listener: RequestListener,
  host: string,
  port: number,
  variable: string,
): Promise<Listening> {
  // A request without Host, or with an expectation that is not known, is the listener's: Node's answers have no body.
  const server = createServer({
    keepAliveTimeout: keepAliveMilliseconds,
    headersTimeout: 30_000,
    requestTimeout: 30_000,
    requireHostHeader: false,
  });
  const inFlight = trackRequests(server);
  server.on("request", listener);
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  server.on("clientError", (error, socket) => refuseConnection(error, socket, isAnswering(inFlight, socket)));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (error) {
    throw new Error(explainListenError(error, host, port, variable), { cause: error });
  }
  server.off("error", reject);
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    close: (timeout) => closeServer(server, inFlight, timeout),
  };
}

function trackRequests(server: Server): Set<ServerResponse> {
  const inFlight = new Set<ServerResponse>();
  server.on("request", (_request, response) => {
    inFlight.add(response);
    response.once("close", () => inFlight.delete(response));
  });
  return inFlight;
}

function isAnswering(inFlight: Set<ServerResponse>, socket: Duplex): boolean {
  return [...inFlight].some(({ req, headersSent }) => req.socket === socket && (headersSent || req.complete));
}

function explainListenError(error: unknown, host: string, port: number, variable: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} of ${host} is taken; stop what listens there or set ${variable} to another (0: any free one)`;
    case "EACCES":
      return `port ${port} of ${host} needs privileges; set ${variable} to one above 1023`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine; set HOST to one, such as 127.0.0.1`;
    default:
      return `cannot listen on ${host}:${port} (${String(error)}); check HOST and ${variable}`;
  }
}

/** Takes in who has connected already: what waits in the kernel's queue when it is closed is reset. */
async function acceptQueued(): Promise<void> {
  // libuv accepts one connection of a server an iteration of its loop; immediates keep it from pausing between them.
  for (let n = 0; n < queueLength; n += 1) await nextIteration();
}

async function closeServer(server: Server, inFlight: Set<ServerResponse>, timeout: number): Promise<boolean> {
  await acceptQueued();
  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
  // Who is told does not send the next request on a connection that is about to go.
  for (const response of inFlight) if (!response.headersSent) response.setHeader("Connection", "close");
  let quiet = 0;
  // A connection that falls idle only after close() would be kept for its whole keep-alive time. One that never
  // brought a whole request is none of Node's idle ones; without a request in flight, nothing is owed to it.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    quiet = inFlight.size === 0 ? quiet + sweepInterval : 0;
    if (quiet >= closingGrace) server.closeAllConnections();
  }, sweepInterval);
  server.closeIdleConnections();
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), timeout);
  const inTime = await Promise.race([closed, late.promise]);
  const clean = inTime || inFlight.size === 0;
  clearTimeout(timer);
  clearInterval(sweep);
  if (!inTime) server.closeAllConnections();
  return clean;
}
