import { describe, expect, it } from "vitest";
import { overlaid, readHeader, twice } from "./headers.ts";

describe("readHeader", () => {
  it("takes a name and a value, which may hold colons", () => {
    expect(readHeader(" X-Scope-OrgID :  team:a ", "--header")).toEqual({
      kind: "header",
      header: { name: "X-Scope-OrgID", value: "team:a" },
    });
  });

  it.each([
    ["sesame", '--header has no colon: write it as "Name: value"'],
    [": sesame", '--header has no name before its colon: write it as "Name: value"'],
    [
      "open sesame: now",
      "--header has a name with a character that no header's name may have, such as a space: see what stands before its colon",
    ],
    [
      "Authorization:",
      "--header (Authorization) has no value: put it in quotes with its name, and see that no variable in it is unset",
    ],
    [
      "X-A: sesame\r\nX-B: sesame",
      "--header (X-A) has a value with a line break or another character that no header may carry",
    ],
    ["X-A: sesame\0", "--header (X-A) has a value with a line break or another character that no header may carry"],
    ["X-A: σesame", "--header (X-A) has a value with a line break or another character that no header may carry"],
    ["Host: sesame", "--header (Host) cannot be set: each request has its own"],
    ["content-length: 1", "--header (content-length) cannot be set: each request has its own"],
  ])("refuses %j without repeating its value", (text, problem) => {
    const reading = readHeader(text, "--header");
    expect(reading).toEqual({ kind: "problem", text: problem });
    expect(JSON.stringify(reading)).not.toContain("sesame");
  });
});

describe("several headers", () => {
  const [a, b, c] = [
    { name: "X-A", value: "1" },
    { name: "X-B", value: "2" },
    { name: "x-a", value: "3" },
  ];

  it("find the one that stands twice, whatever its case", () => {
    expect(twice([a, b, c])).toBe(c);
    expect(twice([a, b])).toBeUndefined();
  });

  it("overlay each other", () => {
    expect(overlaid([a, b, c])).toEqual([b, c]);
  });
});
