import { describe, expect, test } from "vitest";
import { mirrorsIn } from "./debian.ts";

describe("mirrorsIn", () => {
  test("takes Debian's own archives, once each, and no security suite", () => {
    const targets = [
      "http://deb.test/debian-security/ Debian",
      "http://deb.test/debian/ Debian",
      "http://deb.test/debian/ Debian",
      "https://apt.test/other/ Other",
    ];
    expect(mirrorsIn(targets.join("\n"))).toEqual(["http://deb.test/debian/"]);
  });

  test("without lists, which would tell the origin, takes all", () => {
    const targets = "http://deb.test/debian/ $(ORIGIN)\nhttps://apt.test/other/ $(ORIGIN)\n";
    expect(mirrorsIn(targets)).toEqual(["http://deb.test/debian/", "https://apt.test/other/"]);
  });

  test("is empty where apt has no archive", () => {
    expect(mirrorsIn("\n")).toEqual([]);
  });
});
