import { describe, expect, it } from "vitest";
import { nowhere, serveTcp } from "../../testing/http.ts";
import { oddServers } from "../../testing/odd-servers.ts";
import { readAddress } from "./address.ts";
import { CLOCK_QUERY, type ClientOptions, createClient } from "./client.ts";
import { PrometheusFault } from "./fault.ts";

const { http, keep } = oddServers();

function clientAt(url: string, options: Partial<Omit<ClientOptions, "address">> = {}) {
  const reading = readAddress(url, { token: null, username: null, password: null });
  if (reading.kind === "problem") throw new Error(reading.text);
  return createClient({ address: reading.address, timeout: 5, ...options });
}

async function faultOf(asked: Promise<unknown>): Promise<string> {
  const outcome = await asked.then(
    () => "answered",
    (error: unknown) => error,
  );
  return outcome instanceof PrometheusFault ? `${outcome.code}: ${outcome.message}` : String(outcome);
}

const success = JSON.stringify({
  status: "success",
  data: { resultType: "matrix", result: [{ metric: { job: "api" }, values: [[1.5, "+Inf"]] }] },
});

describe("createClient", () => {
  it("asks by POST with the time to the millisecond, the lookback and the credentials", async () => {
    const seen: {
      method?: string | undefined;
      url?: string | undefined;
      authorization?: string | undefined;
      body: string;
    } = { body: "" };
    const url = await http((request, response) => {
      seen.method = request.method;
      seen.url = request.url;
      seen.authorization = request.headers.authorization;
      request.on("data", (chunk) => {
        seen.body += String(chunk);
      });
      request.on("end", () => response.end(success));
    });
    const answered = await clientAt(url.replace("//", "//me:secret@").concat("/prefix/")).query(
      'up{job="a"}',
      1.2345,
      30,
    );
    expect(answered.series).toEqual([{ labels: { job: "api" }, times: [1.5], values: [Number.POSITIVE_INFINITY] }]);
    expect(seen.method).toBe("POST");
    expect(seen.url).toBe("/prefix/api/v1/query");
    expect(seen.authorization).toBe(`Basic ${btoa("me:secret")}`);
    expect(Object.fromEntries(new URLSearchParams(seen.body))).toEqual({
      query: 'up{job="a"}',
      time: "1.235",
      lookback_delta: "30",
    });
  });

  it("leaves the time out when it asks for Prometheus' own clock", async () => {
    let body = "";
    const url = await http((request, response) => {
      request.on("data", (chunk) => {
        body += String(chunk);
      });
      request.on("end", () =>
        response.end('{"status":"success","data":{"resultType":"scalar","result":[12.5,"12.5"]}}'),
      );
    });
    expect((await clientAt(url).query(CLOCK_QUERY, 1)).series).toEqual([{ labels: {}, times: [12.5], values: [12.5] }]);
    expect(body).toBe("query=time%28%29");
  });

  it("names a refused connection", async () => {
    const url = await nowhere();
    expect(await faultOf(clientAt(url).query("up", 1))).toBe(
      `unreachable: cannot reach Prometheus at ${url}: connection refused: nothing listens there`,
    );
  });

  it("gives up on a server that accepts and never answers", async () => {
    const server = await serveTcp(() => undefined);
    keep(server);
    expect(await faultOf(clientAt(server.url, { timeout: 0.2 }).query("up", 1))).toBe(
      `timeout: ${server.url} did not answer within 0.2 s (--timeout sets the limit)`,
    );
  });

  it("gives up on a server that answers a byte at a time for ever", async () => {
    const url = await http((_request, response) => {
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    });
    expect(await faultOf(clientAt(url, { timeout: 0.3 }).query("up", 1))).toBe(
      `timeout: ${url} did not answer within 0.3 s (--timeout sets the limit)`,
    );
  });

  it("names a connection that ends within the answer", async () => {
    const server = await serveTcp((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"));
    });
    keep(server);
    expect(await faultOf(clientAt(server.url).query("up", 1))).toBe(
      `unreachable: cannot reach Prometheus at ${server.url}: the connection was closed before the answer was complete`,
    );
  });

  it("names what speaks no HTTP", async () => {
    const server = await serveTcp((socket) => socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.9\r\n")));
    keep(server);
    expect(await faultOf(clientAt(server.url).query("up", 1))).toMatch(/^unreachable: .*: Parse Error: Expected HTTP/);
  });

  it("does not follow a redirect", async () => {
    let followed = false;
    const url = await http((request, response) => {
      if (request.url?.startsWith("/elsewhere") === true) followed = true;
      response.writeHead(307, { location: "/elsewhere?token=secret" }).end();
    });
    expect(await faultOf(clientAt(url).query("up", 1))).toBe(
      `redirected: ${url} redirects to /elsewhere; redirects are not followed: name the final address`,
    );
    expect(followed).toBe(false);
  });

  it("reads HTML as what it is, and never shows a credential", async () => {
    const url = await http((_request, response) => response.end("<html>hello</html>"));
    const text = await faultOf(clientAt(url.replace("//", "//me:secret@")).query("up", 1));
    expect(text).toBe(`bad-answer: ${url} answered HTML or XML, not Prometheus' JSON: <html>hello</html>`);
  });

  it("ends a running request when the user interrupts", async () => {
    const interrupt = new AbortController();
    const server = await serveTcp(() => interrupt.abort());
    keep(server);
    expect(await faultOf(clientAt(server.url, { signal: interrupt.signal }).query("up", 1))).toBe(
      "interrupted: interrupted before Prometheus had answered",
    );
  });
});
