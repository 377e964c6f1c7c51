import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { Problem, problemBody } from "./problem.ts";

/** @param code of the error that Node's HTTP parser, or its timeouts, gave */
export function clientProblem(code: string | undefined): Problem {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return new Problem("headers-too-large", { detail: "Request line and headers may hold at most 16 KiB." });
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new Problem("request-timeout", { detail: "The request took too long to arrive." });
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return new Problem("payload-too-large", { detail: "The body's chunk extensions are too large." });
    default:
      return new Problem("bad-request", { detail: "The request is not valid HTTP/1.1." });
  }
}

/**
 * Answers what Node's parser refuses as every other error is answered, and closes the connection.
 * @param answering whether an answer is due or under way on this connection: ours would be taken for it
 */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex, answering: boolean): void {
  if (answering || !socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const problem = clientProblem(error.code);
  const id = randomUUID();
  const body = JSON.stringify(problemBody(problem, id));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `X-Request-ID: ${id}`,
    `Content-Type: application/problem+json`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Date: ${new Date().toUTCString()}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
