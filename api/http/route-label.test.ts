import { describe, expect, it } from "vitest";
import { methodLabel, routeLabel } from "./route-label.ts";

describe("routeLabel", () => {
  it.each([
    [{ baseUrl: "", route: { path: "/tasks/:id" } }, "/tasks/:id"],
    [{ baseUrl: "/v1", route: { path: "/tasks" } }, "/v1/tasks"],
    [{ baseUrl: "", route: undefined }, "unmatched"],
    [{ baseUrl: "/tasks" }, "unmatched"],
    [{ baseUrl: "", route: { path: /x/ } }, "unmatched"],
  ])("reads %j", (request, label) => {
    expect(routeLabel(request)).toBe(label);
  });
});

describe("methodLabel", () => {
  it.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("keeps %s", (method) => {
    expect(methodLabel(method)).toBe(method);
  });

  it.each(["PROPFIND", "get", "", undefined])("bounds %s", (method) => {
    expect(methodLabel(method)).toBe("_OTHER");
  });
});
