import { expect, test } from "vitest";
import { collectDefaults, createGauge, createRegistry, renderPage } from "./registry.ts";

test("what is no number is NaN, as the text format has it", async () => {
  const registry = createRegistry();
  createGauge(registry, { name: "share", help: "Of nothing.", labelNames: ["of"] }, (gauge) => {
    gauge.set({ of: "Nan" }, Number.NaN);
    gauge.set({ of: "one" }, 1);
  });
  const { contentType, text } = await renderPage(registry);
  expect(contentType).toContain("text/plain; version=0.0.4");
  expect(text.split("\n").filter((line) => line.startsWith("share"))).toEqual([
    'share{of="Nan"} NaN',
    'share{of="one"} 1',
  ]);
});

test("a page right after another has only values that the text format knows", async () => {
  const registry = createRegistry();
  collectDefaults(registry);
  await renderPage(registry);
  const { text } = await renderPage(registry);
  const values = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(values.length).toBeGreaterThan(20);
  const odd = values.filter((line) => !/ (NaN|[+-]Inf|-?[0-9.]+(e[+-]?[0-9]+)?)$/.test(line));
  expect(odd).toEqual([]);
});
