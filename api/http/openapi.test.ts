import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { createOpenApi, templatePath } from "./openapi.ts";
import { type Operation, problemsOf } from "./operation.ts";
import { operations } from "./operations.ts";
import { problemKinds } from "./problem.ts";

const document = createOpenApi(operations);
const all: [string, Operation][] = Object.entries(operations);

function operationOf({ path, method }: Operation) {
  const item = document.paths?.[templatePath(path)];
  switch (method) {
    case "GET":
      return item?.get;
    case "POST":
      return item?.post;
    case "PATCH":
      return item?.patch;
    case "DELETE":
      return item?.delete;
  }
}

describe("createOpenApi", () => {
  it("makes a valid OpenAPI 3.1 document", async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it.each(all)("describes %s with every status it may answer", (id, operation) => {
    const described = operationOf(operation);
    const statuses = [operation.success.status, ...problemsOf(operation).map((kind) => problemKinds[kind])];
    expect(described?.operationId).toBe(id);
    expect(Object.keys(described?.responses ?? {}).sort()).toEqual([...new Set(statuses.map(String))].sort());
    expect(described?.security).toEqual(operation.authenticated ? [{ bearer: [] }] : []);
  });

  it("describes nothing else", () => {
    const described = Object.values(document.paths ?? {}).flatMap((item) => Object.keys(item));
    expect(described).toHaveLength(all.length);
  });

  it("shows the years of times and the form of cursors", () => {
    const parameters = JSON.stringify(operationOf(operations.listTasks)?.parameters);
    expect(parameters).toContain(JSON.stringify(/^[\w-]{21}[AQgw]$/.source));
    expect(parameters).toContain(JSON.stringify(/^(19[7-9]\d|[2-9]\d{3})-/.source));
    expect(JSON.stringify(document.components?.schemas)).toContain(JSON.stringify(/^(19[7-9]\d|[2-9]\d{3})-/.source));
  });

  it("shows what the schemas demand", () => {
    const schemas = JSON.parse(JSON.stringify(document.components?.schemas));
    expect(schemas.TaskCreate).toMatchObject({ required: ["title"], additionalProperties: false });
    expect(schemas.TaskUpdate).toMatchObject({ minProperties: 1 });
    const limit = operationOf(operations.listTasks)?.parameters?.find((p) => "name" in p && p.name === "limit");
    expect(limit).toMatchObject({ in: "query", schema: { type: "integer", minimum: 1, maximum: 100, default: 20 } });
  });
});
