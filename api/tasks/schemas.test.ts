import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { createSchema, idSchema, listSchema, updateSchema } from "./schemas.ts";

/** Messages by place, such as `title: must not be blank`. */
function issues(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

describe("createSchema", () => {
  const good = { title: "Water the plants", description: "all", priority: "high", dueAt: "2026-01-31T12:00:00+02:00" };

  it("takes a full task, and fills up a bare one", () => {
    expect(createSchema.parse(good)).toEqual({ ...good, dueAt: "2026-01-31T10:00:00.000Z" });
    expect(createSchema.parse({ title: " x " })).toEqual({
      title: "x",
      description: "",
      priority: "normal",
      dueAt: null,
    });
  });

  it.each([
    [{ title: "  " }, "title: must not be blank"],
    [{ title: "x".repeat(201) }, "title: Too big: expected string to have <=200 characters"],
    [{ title: "a\u0000b" }, "title: must not contain the character U+0000"],
    [{ title: 5 }, "title: Invalid input: expected string, received number"],
    [{ priority: "urgent" }, 'priority: Invalid option: expected one of "low"|"normal"|"high"'],
    [{ dueAt: "tomorrow" }, "dueAt: must be an RFC 3339 date and time, such as 2026-01-31T12:00:00Z"],
    [{ dueAt: "0000-01-01T00:00:00Z" }, "dueAt: must lie in the years 1970 to 9999"],
    [{ dueAt: "9999-12-31T23:59:59-01:00" }, "dueAt: must lie in the years 1970 to 9999"],
    [{ status: "completed" }, ': Unrecognized key: "status"'],
  ])("refuses %j", (mutation, message) => {
    expect(issues(createSchema, { ...good, ...mutation })).toEqual([message]);
  });

  it("refuses what is no object", () => {
    expect(issues(createSchema, undefined)).toEqual([": Invalid input: expected object, received undefined"]);
    expect(issues(createSchema, [])).toEqual([": Invalid input: expected object, received array"]);
  });
});

describe("updateSchema", () => {
  it("leaves out what is not named", () => {
    expect(updateSchema.parse({ dueAt: null })).toEqual({ dueAt: null });
  });

  it.each([
    [{}, ": must change at least one field"],
    [{ status: "completed" }, "status: must be open or in_progress; POST /tasks/{id}/complete completes a task"],
    [{ title: null }, "title: Invalid input: expected string, received null"],
  ])("refuses %j", (value, message) => {
    expect(issues(updateSchema, value)).toEqual([message]);
  });
});

describe("listSchema", () => {
  it("asks for 20 by default and reads every filter", () => {
    expect(listSchema.parse({})).toEqual({ limit: 20 });
    const all = { limit: "100", status: "open", priority: "low", dueBefore: "2026-01-31T12:00:00Z", q: "plants" };
    expect(listSchema.parse({ ...all, cursor: "AZt26epAfKSDFX6bsT9nTw" })).toEqual({
      ...all,
      limit: 100,
      dueBefore: "2026-01-31T12:00:00.000Z",
      cursor: "019b76e9-ea40-7ca4-8315-7e9bb13f674f",
    });
  });

  it.each([
    [{ limit: "0" }, "limit: must be a whole number from 1 to 100"],
    [{ limit: "101" }, "limit: must be a whole number from 1 to 100"],
    [{ limit: "1e1" }, "limit: must be a whole number from 1 to 100"],
    [{ limit: ["1", "2"] }, "limit: Invalid input: expected string, received array"],
    [{ cursor: "abc" }, "cursor: must be the nextCursor of an earlier page"],
    [{ status: "done" }, 'status: Invalid option: expected one of "open"|"in_progress"|"completed"'],
    [{ q: "" }, "q: Too small: expected string to have >=1 characters"],
    [{ sort: "title" }, ': Unrecognized key: "sort"'],
  ])("refuses %j", (value, message) => {
    expect(issues(listSchema, value)).toEqual([message]);
  });
});

describe("idSchema", () => {
  it("takes UUIDs only", () => {
    expect(issues(idSchema, { id: "019b76e9-ea40-7ca4-8315-7e9bb13f674f" })).toEqual([]);
    expect(issues(idSchema, { id: "7" })).toEqual(["id: must be a UUID"]);
  });
});
