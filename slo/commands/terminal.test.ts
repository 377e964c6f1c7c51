import { describe, expect, it } from "vitest";
import { terminalOf } from "./terminal.ts";

const screen = (isTTY: boolean, columns?: number) => ({ write: () => true, isTTY, columns });
const coloured = (...given: Parameters<typeof terminalOf>) => terminalOf(...given).paint("bad", "x") !== "x";

describe("terminalOf", () => {
  it("is as wide as the terminal, within reason, and 100 elsewhere", () => {
    expect(terminalOf(screen(true, 80), {}).width).toBe(80);
    expect(terminalOf(screen(true, 300), {}).width).toBe(120);
    expect(terminalOf(screen(false, 80), {}).width).toBe(100);
    expect(terminalOf(screen(true), {}).width).toBe(100);
    expect(terminalOf(screen(false), { COLUMNS: "72" }).width).toBe(72);
    expect(terminalOf(screen(false), { COLUMNS: "wide" }).width).toBe(100);
  });

  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ TERM: "dumb" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "" }, false, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, true, false],
  ])("with %j on a terminal (%s): colour %s", (env, isTTY, colour) => {
    expect(coloured(screen(isTTY), env)).toBe(colour);
  });

  it("does as --color and --no-color say", () => {
    expect(coloured(screen(false), { NO_COLOR: "1" }, true)).toBe(true);
    expect(coloured(screen(true), { FORCE_COLOR: "1" }, false)).toBe(false);
  });

  it.each([
    [{ LANG: "C" }, true, false],
    [{ LANG: "de_DE.ISO-8859-1" }, true, false],
    [{ LANG: "C.UTF-8" }, true, true],
    [{ LANG: "C", LC_ALL: "en_US.utf8" }, true, true],
    [{}, true, true],
    [{ LANG: "C" }, false, true],
  ])("with %j on a terminal (%s): more than ASCII %s", (env, isTTY, unicode) => {
    expect(terminalOf(screen(isTTY), env).unicode).toBe(unicode);
  });
});
