import { describe, expect, it } from "vitest";
import { goodDashboard } from "../lint/testing/fixture.ts";
import { readDashboard, shown } from "./dashboard.ts";

const FILE = "shop.json";
const good = goodDashboard();

describe("readDashboard", () => {
  it("reads the classic form", () => {
    expect(readDashboard(FILE, JSON.stringify(good))).toEqual(good);
  });

  it.each([
    ["apiVersion", { apiVersion: "dashboard.grafana.app/v2beta1", kind: "Dashboard", spec: {} }],
    ["spec", { spec: good }],
    ["elements", { elements: {}, layout: {}, title: "Shop" }],
    ["dashboard", { dashboard: good }],
  ])("refuses what has %s", (key, value) => {
    expect(() => readDashboard(FILE, JSON.stringify(value))).toThrow(
      `shop.json has "${key}": Grafana's file provisioning takes the classic form only, bare`,
    );
  });

  it("says what is missing", () => {
    const { schemaVersion: _, ...rest } = good;
    expect(() => readDashboard(FILE, JSON.stringify(rest))).toThrow(
      "shop.json is no dashboard: ✖ Invalid input: expected number, received undefined\n  → at schemaVersion",
    );
  });
});

describe("shown", () => {
  it("leaves rows out", () => {
    expect(shown(good).map(({ title }) => title)).toEqual(["By status", "Orders"]);
  });
});
