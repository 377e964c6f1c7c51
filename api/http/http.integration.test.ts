import { Validator } from "@seriousme/openapi-schema-validator";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "../auth/credentials.ts";
import { type Answer, startMigratedApi, type TestApi } from "../testing/api.ts";
import { startPostgres, type TestPostgres } from "../testing/postgres.ts";
import { sendRaw } from "../testing/raw.ts";
import { problemSchema } from "./openapi.ts";

let postgres: TestPostgres;
let api: TestApi;

beforeAll(async () => {
  postgres = await startPostgres();
  api = await startMigratedApi(postgres.url);
});

afterAll(async () => {
  await api.stop();
  await postgres.remove();
});

/** Asserts the shape that every error shares, and gives its body. */
function problem(answer: Answer, status: number, code: string) {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const body = problemSchema.strict().parse(answer.body);
  expect(body).toMatchObject({ status, type: `urn:task-api:problem:${code}` });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("x-request-id")).toBe(body.requestId);
  return body;
}

describe("tokens", () => {
  const withHeader = (authorization: string) => api.send("GET", "/tasks", undefined, { authorization });

  it("are demanded on every route of tasks, but not for the document", async () => {
    for (const [method, path] of [
      ["POST", "/tasks"],
      ["GET", "/tasks"],
      ["GET", "/tasks/summary"],
      ["GET", "/tasks/x"],
      ["PATCH", "/tasks/x"],
      ["DELETE", "/tasks/x"],
      ["POST", "/tasks/x/complete"],
    ]) {
      const response = await fetch(`${api.url}${path}`, { method: method ?? "" });
      expect([method, path, response.status]).toEqual([method, path, 401]);
      expect(response.headers.get("www-authenticate")).toBe('Bearer realm="task-api"');
    }
    expect((await fetch(`${api.url}/openapi.json`)).status).toBe(200);
  });

  it("are refused by reason", async () => {
    const malformed = await withHeader("Basic abc");
    expect(problem(malformed, 401, "unauthorized").detail).toContain("Bearer <token>");
    expect(malformed.headers.get("www-authenticate")).toContain('error="invalid_request"');
    const unknown = await withHeader("Bearer 0123456789abcdef");
    expect(problem(unknown, 401, "unauthorized").detail).toBe("The token is not known here.");
    expect(unknown.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  it("are kept as a hash only, and end when they expire", async () => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      const add = "INSERT INTO api_tokens VALUES (decode($1, 'hex'), 'old', now(), now() - interval '1 second')";
      await client.query(add, [hashToken("0123456789abcdef-expired")]);
      const { rows } = await client.query<{ row: string; hash: string }>(
        "SELECT t::text AS row, encode(token_hash, 'hex') AS hash FROM api_tokens AS t WHERE name = 'token-file'",
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]?.hash).toBe(hashToken(api.token));
      expect(rows[0]?.row).not.toContain(api.token);
    } finally {
      await client.end();
    }
    const expired = await withHeader("Bearer 0123456789abcdef-expired");
    expect(problem(expired, 401, "unauthorized").detail).toBe("The token has expired.");
  });
});

describe("bad requests", () => {
  it("get every issue at once, with its place", async () => {
    const answer = await api.send("PATCH", "/tasks/7", { title: "", priority: "urgent", "a/b": 1 });
    const { issues } = problem(answer, 400, "validation-failed");
    expect(issues).toEqual([
      { in: "path", pointer: "/id", message: "must be a UUID" },
      { in: "body", pointer: "/title", message: "must not be blank" },
      { in: "body", pointer: "/priority", message: 'Invalid option: expected one of "low"|"normal"|"high"' },
      { in: "body", pointer: "/a~1b", message: "is not known here" },
    ]);
  });

  it("do not slip through a misspelt filter", async () => {
    const { issues } = problem(await api.send("GET", "/tasks?stauts=open"), 400, "validation-failed");
    expect(issues).toEqual([{ in: "query", pointer: "/stauts", message: "is not known here" }]);
  });

  it("without a body, or with one that is no JSON", async () => {
    problem(await api.send("POST", "/tasks"), 400, "validation-failed");
    problem(await api.send("POST", "/tasks", '{"title":'), 400, "malformed-json");
    problem(await api.send("POST", "/tasks", '"title"'), 400, "malformed-json");
  });

  it("of another media type, too large, or in an unknown encoding", async () => {
    const xml = await api.send("POST", "/tasks", "<title/>", { "content-type": "text/xml" });
    problem(xml, 415, "unsupported-media-type");
    expect(xml.headers.get("accept")).toBe("application/json");
    problem(await api.send("POST", "/tasks", { title: "x".repeat(70_000) }), 413, "payload-too-large");
    const latin = { "content-type": "application/json; charset=latin7" };
    problem(await api.send("POST", "/tasks", { title: "x" }, latin), 415, "unsupported-media-type");
  });

  it("to a path that is not there, or cannot be decoded", async () => {
    problem(await api.send("GET", "/nothing"), 404, "not-found");
    problem(await api.send("GET", "/tasks/x/y/z"), 404, "not-found");
    problem(await api.send("GET", "/tasks/%E0%A4%A"), 400, "bad-request");
  });

  it("by a method the path does not have", async () => {
    const answer = await api.send("PUT", "/tasks/x");
    problem(answer, 405, "method-not-allowed");
    expect(answer.headers.get("allow")).toBe("DELETE, GET, HEAD, OPTIONS, PATCH");
    const options = await api.send("OPTIONS", "/tasks");
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS, POST"]);
  });
});

describe("what Node's parser sees first", () => {
  const post = "POST /tasks HTTP/1.1\r\nHost: x\r\n";

  it.each([
    ["no HTTP at all", "hello\r\n\r\n", 400, "bad-request"],
    ["too many headers", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431, "headers-too-large"],
    ["two lengths", `${post}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 400, "bad-request"],
    ["a folded header", "GET / HTTP/1.1\r\nHost: x\r\nX-Request-ID: a\nb\r\n\r\n", 400, "bad-request"],
    ["no Host", "GET /tasks HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "bad-request"],
    ["an unknown expectation", `${post}Expect: x\r\nConnection: close\r\n\r\n`, 401, "unauthorized"],
  ])("is answered as any other error: %s", async (_what, bytes, status, code) => {
    const [head = "", text = ""] = (await sendRaw(api.url, bytes)).split("\r\n\r\n");
    const [first = "", ...lines] = head.split("\r\n");
    const headers = new Headers(
      lines.map((line): [string, string] => [line.split(": ")[0] ?? "", line.split(": ")[1] ?? ""]),
    );
    problem({ status: Number(first.split(" ")[1]), headers, body: JSON.parse(text) }, status, code);
    expect(headers.get("content-length") ?? String(text.length)).toBe(String(text.length));
  });

  it("never puts its refusal in the place of an answer that is due", async () => {
    const get = `GET /tasks?limit=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.token}\r\n\r\n`;
    expect(await sendRaw(api.url, `${get}hello\r\n\r\n`)).not.toContain("400 Bad Request");
  });
});

describe("answers", () => {
  it("carry the caller's request id if it is harmless, and never an ETag or the server's name", async () => {
    const kept = await api.send("GET", "/tasks", undefined, { "x-request-id": "k6-1" });
    expect(kept.headers.get("x-request-id")).toBe("k6-1");
    const replaced = await api.send("GET", "/tasks", undefined, { "x-request-id": "a b" });
    expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect([kept.headers.get("etag"), kept.headers.get("x-powered-by")]).toEqual([null, null]);
  });

  it("to HEAD have no body", async () => {
    const answer = await api.send("HEAD", "/tasks");
    expect([answer.status, answer.body]).toEqual([200, ""]);
  });

  it("describe the API in OpenAPI 3.1", async () => {
    const { body } = await api.send("GET", "/openapi.json");
    const validator = new Validator();
    expect(await validator.validate(JSON.stringify(body, null, 2))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    expect(body).toHaveProperty(["paths", "/tasks/{id}/complete", "post", "operationId"], "completeTask");
  });
});

describe("the rate limit", () => {
  it("counts a token apart from addresses, and says when to come back", async () => {
    const limited = await startMigratedApi(postgres.url, { RATE_LIMIT_PER_MINUTE: "3" });
    try {
      // The first request of a token counts for the address, which does not know it yet.
      expect((await limited.send("GET", "/tasks")).status).toBe(200);
      const statuses: number[] = [];
      for (let n = 0; n < 4; n += 1) statuses.push((await limited.send("GET", "/tasks")).status);
      expect(statuses).toEqual([200, 200, 200, 429]);

      const refused = await limited.send("GET", "/tasks/summary");
      problem(refused, 429, "rate-limited");
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(refused.headers.get("ratelimit")).toMatch(/^limit=3, remaining=0, reset=\d+$/);
      expect(refused.headers.get("ratelimit-policy")).toBe("3;w=60");

      const anonymous = () => limited.send("GET", "/openapi.json", undefined, { authorization: "" });
      expect([(await anonymous()).status, (await anonymous()).status, (await anonymous()).status]).toEqual([
        200, 200, 429,
      ]);
      const guess = await limited.send("GET", "/tasks", undefined, { authorization: "Bearer 0123456789abcdef" });
      problem(guess, 429, "rate-limited");

      const samples = await limited.metrics();
      expect(samples.get('rate_limited_requests_total{route="/tasks"}')).toBe(2);
      expect(samples.get('rate_limited_requests_total{route="/tasks/summary"}')).toBe(1);
      expect(samples.get('rate_limited_requests_total{route="/openapi.json"}')).toBe(1);
    } finally {
      await limited.stop();
    }
  });
});
