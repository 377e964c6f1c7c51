import { describe, expect, it } from "vitest";
import { differences } from "./compare.ts";
import { checkedIn, generated } from "./files.ts";

describe("the dashboards that are checked in", () => {
  it("are what the code and the objectives say; else: npm run dashboards", async () => {
    expect(differences(await generated(), await checkedIn())).toEqual([]);
  });

  it("are the same text however often they are made", async () => {
    expect(await generated()).toEqual(await generated());
  });
});

describe("differences", () => {
  const wanted = new Map([["a.json", "1"]]);

  it("finds none between equals", () => {
    expect(differences(wanted, new Map(wanted))).toEqual([]);
  });

  it.each([
    ["changed", new Map([["a.json", "2"]]), "a.json"],
    ["missing", new Map(), "a.json"],
    ["left over", new Map([...wanted, ["b.json", "1"]]), "b.json"],
  ] as const)("names what is %s", (kind, present, file) => {
    expect(differences(wanted, present)).toEqual([{ file, kind }]);
  });
});
