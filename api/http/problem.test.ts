import { describe, expect, it } from "vitest";
import { Problem, problemBody, problemKinds } from "./problem.ts";
import { toProblem } from "./to-problem.ts";

describe("problemBody", () => {
  it("has the members of RFC 9457, the request id and the issues", () => {
    const issues = [{ in: "body", pointer: "/title", message: "must not be blank" }] as const;
    const problem = new Problem("validation-failed", { detail: "See issues.", issues: [...issues] });
    expect(problemBody(problem, "r1")).toEqual({
      type: "urn:task-api:problem:validation-failed",
      title: "Bad Request",
      status: 400,
      detail: "See issues.",
      requestId: "r1",
      issues,
    });
  });

  it("leaves out what there is none of", () => {
    expect(problemBody(new Problem("not-found", { detail: "Gone." }), "r1")).not.toHaveProperty("issues");
  });

  it("knows a title for each kind", () => {
    for (const kind of Object.keys(problemKinds) as (keyof typeof problemKinds)[]) {
      expect(problemBody(new Problem(kind, { detail: "" }), "r").title).toMatch(/^[A-Z]/);
    }
  });
});

describe("toProblem", () => {
  it("leaves a problem as it is", () => {
    const problem = new Problem("not-found", { detail: "Gone." });
    expect(toProblem(problem)).toBe(problem);
  });

  it("tells nothing of an unknown error, but keeps it for the log", () => {
    const error = new Error('column "secret" of table "hidden"');
    const problem = toProblem(error);
    expect(problem.kind).toBe("internal");
    expect(JSON.stringify(problemBody(problem, "r1"))).not.toMatch(/secret|hidden/);
    expect(problem.cause).toBe(error);
  });

  it("answers 503 with Retry-After while the database is away or not migrated", () => {
    const away = toProblem(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
    expect([away.kind, away.headers]).toEqual(["unavailable", { "Retry-After": "1" }]);
    const bare = toProblem(Object.assign(new Error("relation"), { code: "42P01" }));
    expect([bare.kind, bare.headers]).toEqual(["unavailable", { "Retry-After": "5" }]);
  });

  it.each([
    [{ status: 400, type: "entity.parse.failed" }, "malformed-json"],
    [{ status: 413, type: "entity.too.large" }, "payload-too-large"],
    [{ status: 415, type: "charset.unsupported" }, "unsupported-media-type"],
    [{ status: 400, type: "request.aborted" }, "bad-request"],
    [{ status: 500 }, "internal"],
  ])("reads what the body parser throws: %j", (members, kind) => {
    expect(toProblem(Object.assign(new Error("x"), members)).kind).toBe(kind);
  });
});
