import { describe, expect, it } from "vitest";
import { PrometheusFault } from "./fault.ts";
import { type HttpAnswer, readResponse } from "./response.ts";

const conversation = { address: "http://prometheus.test:9090", timeout: 30 };
const good: HttpAnswer = {
  status: 200,
  location: undefined,
  body: { status: "success", data: { resultType: "scalar", result: [1, "1"] } },
};

function fault(mutation: Partial<HttpAnswer>): string {
  try {
    readResponse({ ...good, ...mutation }, conversation);
  } catch (error) {
    if (error instanceof PrometheusFault) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "none";
}

const error = (errorType: string, text: string) => ({ body: { status: "error", errorType, error: text } });

describe("readResponse", () => {
  it("takes a success", () => {
    expect(readResponse(good, conversation).series).toEqual([{ labels: {}, times: [1], values: [1] }]);
  });

  it.each<[Partial<HttpAnswer>, string]>([
    [
      { status: 302, location: "https://user:secret@login.test/start?token=secret" },
      "redirected: http://prometheus.test:9090 redirects to https://login.test/start; redirects are not followed: name the final address",
    ],
    [
      { status: 401, body: "" },
      "unauthorized: http://prometheus.test:9090 refused us with 401: give a token by --prometheus-token-file, user and password in PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD, or what else it wants by --header",
    ],
    [
      { status: 400, body: "Client sent an HTTP request to an HTTPS server.\n" },
      "unreachable: http://prometheus.test:9090 speaks TLS: write https:// instead of http://",
    ],
    [
      { status: 400, ...error("bad_data", 'invalid parameter "query": 1:4: parse error: unexpected end of input') },
      'bad-query: Prometheus refuses the query: invalid parameter "query": 1:4: parse error: unexpected end of input',
    ],
    [
      {
        status: 422,
        ...error("execution", "query processing would load too many samples into memory in query execution"),
      },
      "too-expensive: the query is too expensive for http://prometheus.test:9090: query processing would load too many samples into memory in query execution; judge a shorter window, or select fewer series",
    ],
    [
      { status: 422, ...error("execution", "found duplicate series for the match group") },
      "bad-query: Prometheus cannot evaluate the query: found duplicate series for the match group",
    ],
    [
      { status: 503, ...error("timeout", "query timed out in expression evaluation") },
      "timeout: http://prometheus.test:9090 gave the query up: query timed out in expression evaluation",
    ],
    [
      { status: 500, ...error("internal", "open block: no such file") },
      "server-error: http://prometheus.test:9090 reports an error of its own: open block: no such file",
    ],
    [{ status: 502, body: "Bad\n Gateway" }, "server-error: http://prometheus.test:9090 answered 502: Bad Gateway"],
    [{ status: 429, body: "" }, "server-error: http://prometheus.test:9090 answered 429, too many requests"],
    [
      { status: 404, body: "404 page not found" },
      "bad-answer: http://prometheus.test:9090 answered 404, not a query's result: is it Prometheus, and is its path prefix part of the address?",
    ],
    [
      { body: "<!doctype html><title>Login</title>" },
      "bad-answer: http://prometheus.test:9090 answered HTML or XML, not Prometheus' JSON: <!doctype html><title>Login</title>",
    ],
    [
      { body: '{"status":"success","data":{"resul' },
      'bad-answer: http://prometheus.test:9090 answered text that is no whole JSON, not Prometheus\' JSON: {"status":"success","data":{"resul',
    ],
    [{ body: "" }, "bad-answer: http://prometheus.test:9090 answered nothing, not Prometheus' JSON"],
    [
      { body: { hello: "world" } },
      'bad-answer: http://prometheus.test:9090 answered JSON that is not a query\'s result: "data" is missing',
    ],
    [
      { body: { status: "success", data: { resultType: "vector", result: [] }, warnings: ["store-2 is away"] } },
      "partial: http://prometheus.test:9090 warns that its answer may be incomplete: store-2 is away",
    ],
  ])("names the cause in %j", (mutation, text) => {
    expect(fault(mutation)).toBe(text);
  });
});
