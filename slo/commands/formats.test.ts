import { describe, expect, it } from "vitest";
import { Fault } from "../io/fault.ts";
import { readFormat, readOutput } from "./formats.ts";

function told<Value>(read: () => Value): Value | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return `${error.exitCode} ${error.message} | ${error.hint}`;
    throw error;
  }
}

describe("readFormat", () => {
  it.each(["console", "json", "junit", "markdown", "html", "github"])("takes %s", (format) => {
    expect(told(() => readFormat(format))).toBe(format);
  });

  it.each([
    ["pdf", "2 --format pdf is not a known format | known: console, json, junit, markdown, html, github"],
    ["markdwon", "2 --format markdwon is not a known format | did you mean markdown?"],
    ["JSON", "2 --format JSON is not a known format | did you mean json?"],
  ])("refuses %s", (format, text) => {
    expect(told(() => readFormat(format))).toBe(text);
  });
});

describe("readOutput", () => {
  it("takes a path that holds an equals sign", () => {
    expect(readOutput("json=out/a=b.json")).toEqual({ format: "json", path: "out/a=b.json" });
  });

  const hint = "write it as --output junit=results/junit.xml";
  it.each([
    ["report.json", `2 --output report.json is not FORMAT=PATH | ${hint}`],
    ["=report.json", `2 --output =report.json is not FORMAT=PATH | ${hint}`],
    ["json=", `2 --output json= is not FORMAT=PATH | ${hint}`],
    ["jsno=x", "2 --output jsno is not a known format | did you mean json?"],
  ])("refuses %s", (output, text) => {
    expect(told(() => readOutput(output))).toBe(text);
  });
});
