import { expect, test } from "vitest";
import { failureText, todoText, toolsText } from "./report.ts";
import { TOOLS } from "./table.ts";

test("a failure names every way tried, and why it did not serve", () => {
  const text = failureText(TOOLS.k6, [
    { way: "path", why: "none on PATH" },
    { way: "gomodule", why: "go is not on PATH" },
  ]);
  expect(text).toBe(`k6 2.2.x (for the load) cannot be had:
  path      none on PATH
  gomodule  go is not on PATH`);
});

test("what to do names all tools that are wanting", () => {
  expect(todoText([TOOLS.k6, TOOLS.promtool]).split("\n")).toEqual([
    "Any one of these serves:",
    "- put k6 2.2.x, promtool 3.x on PATH",
    "- let this machine reach the release pages, or set TOOLS_RELEASE_BASE to a mirror of them",
    "- install Go 1.21 or newer, and let it reach its module proxy (GOPROXY)",
  ]);
});

test("nobody is sent to Go for what is not built from source", () => {
  const text = todoText([TOOLS.promtool, TOOLS.prometheus2]);
  expect(text).toContain("put promtool 3.x, prometheus 2.x on PATH");
  expect(text).not.toContain("Go");
});

test("the table says tool, version, from where, path, and why", () => {
  const text = toolsText([
    { name: "k6", version: "2.2.0", from: "path", path: "/opt/k6", why: "on PATH; 2.2.x serves" },
    { name: "prometheus", version: "3.5.3", from: "cache", path: "/c/prometheus", why: "came by debian: x" },
  ]);
  expect(text).toBe(`tool        version  from   path
k6          2.2.0    path   /opt/k6
  why: on PATH; 2.2.x serves
prometheus  3.5.3    cache  /c/prometheus
  why: came by debian: x`);
});
