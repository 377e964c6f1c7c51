import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { evidence, report } from "../../testing/explained.ts";
import { runFile } from "../../testing/files.ts";
import { hostileSources } from "../../testing/pages.ts";
import { invalid, withoutData } from "../../testing/reports.ts";
import { renderHtml } from "../html.ts";

const asset = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");
const assets = { style: asset("page.css"), script: asset("page.js") };
const full = renderHtml({ report, run: runFile, evidence, missing: [] }, assets);
const bare = (of: typeof report) => renderHtml({ report: of, run: null, evidence: null, missing: [] }, assets);

// Layout is not there to be measured: scripts/screenshots.ts asks axe again in Chromium, colours and sizes included.
const UNMEASURED = ["color-contrast", "target-size", "scrollable-region-focusable"];

describe("the page", () => {
  it.each([
    ["a whole run", full],
    ["an invalid run", bare(invalid)],
    ["nothing judged", bare(withoutData)],
    ["hostile names", renderHtml(hostileSources, assets)],
  ])("of %s has nothing that axe finds", async (_name, text) => {
    const { window } = new JSDOM(text, { runScripts: "dangerously", pretendToBeVisual: true });
    window.eval(axe.source);
    const rules = Object.fromEntries(UNMEASURED.map((rule) => [rule, { enabled: false }]));
    const run = window.eval("axe.run") as typeof axe.run;
    const { violations, passes } = await run(window.document, { rules });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(passes.length).toBeGreaterThan(10);
  });
});

describe("its script", () => {
  const open = () => new JSDOM(full, { runScripts: "dangerously" }).window;
  const press = (window: ReturnType<typeof open>, at: Element, key: string) =>
    at.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true }));

  it("copies a query, or selects it where the clipboard is closed", async () => {
    const window = open();
    const button = window.document.querySelector<HTMLButtonElement>("button.copy");
    const query = button?.parentElement?.querySelector("code")?.textContent;
    expect(button?.hidden).toBe(false);
    button?.click();
    await expect.poll(() => button?.textContent).toBe("Select and copy");
    expect(window.getSelection()?.toString()).toBe(query);
    const copied: string[] = [];
    const clipboard = { writeText: async (text: string) => copied.push(text) };
    Object.defineProperty(window.navigator, "clipboard", { value: clipboard });
    button?.click();
    await expect.poll(() => button?.textContent).toBe("Copied");
    expect(copied).toEqual([query]);
  });

  it("reads a chart by keyboard, from the table beneath it", () => {
    const window = open();
    const figure = [...window.document.querySelectorAll("figure")].find((one) =>
      one.querySelector("figcaption")?.textContent?.includes("Over the run"),
    );
    const area = figure?.querySelector(".area");
    const axes = figure?.querySelector(".axes");
    const rows = [...(figure?.querySelectorAll("tbody tr") ?? [])].map(({ children }) =>
      [...children].map((cell) => cell.textContent),
    );
    if (area === null || area === undefined) throw new Error("there is no chart");
    expect(area.getAttribute("role")).toBe("slider");
    const before = axes?.textContent;
    press(window, area, "End");
    expect(axes?.textContent).toBe(`from ${rows.at(-1)?.[0]} · p99 of each step ${rows.at(-1)?.[1]}`);
    press(window, area, "Home");
    press(window, area, "ArrowRight");
    expect(axes?.textContent).toContain(`from ${rows[1]?.[0]} · `);
    expect(area.getAttribute("aria-valuetext")).toBe(axes?.textContent);
    expect(area.getAttribute("aria-valuenow")).toBe("2");
    area.dispatchEvent(new window.FocusEvent("blur"));
    expect(axes?.textContent).toBe(before);
  });
});

describe("its colours", () => {
  const [light = "", dark = ""] = [...assets.style.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) => body ?? "");
  const colour = (theme: string, name: string) => {
    const [, hex = ""] = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(theme) ?? [];
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  };
  /** Relative luminance and contrast, WCAG 2.2. */
  const luminance = (rgb: readonly number[]) =>
    rgb
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
      .reduce((sum, one, index) => sum + one * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const contrast = (theme: string, over: string, under: string) => {
    const [high = 0, low = 0] = [over, under].map((name) => luminance(colour(theme, name))).sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const text = [
    ...["ink", "soft", "link", "pass", "fail", "unsure", "limit"].map((name) => [name, "paper"] as const),
    ...["pass", "fail", "unsure", "none"].flatMap((name) => [
      [name, `${name}-tint`] as const,
      ["paper", name] as const,
    ]),
    ["ink", "panel"] as const,
  ];
  const drawn = ["line1", "line2", "line3", "line4", "bar", "fail"].flatMap((name) =>
    ["paper", "phase", "judged", "interval"].map((under) => [name, under] as const),
  );

  it.each([
    ["light", light],
    ["dark", dark],
  ])("can be read, and lines told from what is behind them: %s", (_name, theme) => {
    for (const [over, under] of text)
      expect([over, under, contrast(theme, over, under) >= 4.5]).toEqual([over, under, true]);
    for (const [over, under] of drawn)
      expect([over, under, contrast(theme, over, under) >= (under === "interval" ? 2 : 3)]).toEqual([
        over,
        under,
        true,
      ]);
  });
});
