import { describe, expect, it } from "vitest";
import { listTasks, taskStatements, updateTask } from "./statements.ts";

describe("listTasks", () => {
  it("asks for one row more than the page", () => {
    const { statement, values } = listTasks({ limit: 20 });
    expect(statement.text).not.toContain("WHERE");
    expect(statement.text).toMatch(/ORDER BY id DESC LIMIT \$1$/);
    expect(values).toEqual([21]);
  });

  it("binds every filter as a value, in order", () => {
    const q = "'; DROP TABLE tasks; --";
    const { statement, values } = listTasks({
      limit: 5,
      cursor: "c",
      status: "open",
      priority: "low",
      dueBefore: "t",
      q,
    });
    expect(statement.text).toContain("WHERE id < $1 AND status = $2 AND priority = $3 AND due_at < $4 AND");
    expect(statement.text).not.toContain("DROP");
    expect(values).toEqual(["c", "open", "low", "t", q, 6]);
  });
});

describe("updateTask", () => {
  it("sets the named fields only, null included", () => {
    const { statement, values } = updateTask("i", { title: "x", dueAt: null });
    expect(statement.text).toContain(
      "SET title = $2, due_at = $3, updated_at = greatest(updated_at, statement_timestamp()) WHERE id = $1",
    );
    expect(values).toEqual(["i", "x", null]);
  });

  it("takes a completed task up again with its status", () => {
    expect(updateTask("i", { status: "open" }).statement.text).toContain("SET status = $2, completed_at = NULL,");
  });
});

it("gives every statement a name of its own", () => {
  expect(taskStatements).toContain(listTasks({ limit: 1 }).statement.name);
  expect(taskStatements).toContain(updateTask("i", {}).statement.name);
  expect(new Set(taskStatements).size).toBe(taskStatements.length);
});
