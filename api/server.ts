import { createServer, type RequestListener, type Server } from "node:http";

/** nginx keeps idle connections to its upstreams 60 s: ours must outlive that, or a close races a request (502). */
const keepAliveMilliseconds = 75_000;

/** @throws Error with a cause and what to do, in one line, if the port cannot be had */
export async function listen(
  listener: RequestListener,
  host: string,
  port: number,
  variable: string,
): Promise<{ server: Server; url: string }> {
  const server = createServer(
    { keepAliveTimeout: keepAliveMilliseconds, headersTimeout: 30_000, requestTimeout: 30_000 },
    listener,
  );
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
  return { server, url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}` };
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

/**
 * Stops listening and waits until every request in flight is answered.
 * @returns false if some were still unanswered after `timeout` milliseconds and were cut off
 */
export async function closeServer(server: Server, timeout: number): Promise<boolean> {
  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
  // A connection that falls idle only after close() would be kept for its whole keep-alive time.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  server.closeIdleConnections();
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), timeout);
  const clean = await Promise.race([closed, late.promise]);
  clearTimeout(timer);
  clearInterval(sweep);
  if (!clean) server.closeAllConnections();
  return clean;
}
