import { expect, test } from "vitest";
import { packagesIn, reduceLock } from "./reduce.ts";

const lock = {
  lockfileVersion: 3,
  packages: {
    "": { name: "all", dependencies: { web: "1.0.0", judge: "1.0.0" }, devDependencies: { lint: "1.0.0" } },
    "node_modules/web": { version: "1.0.0", dependencies: { parse: "^2.0.0" }, peerDependencies: { types: "*" } },
    "node_modules/web/node_modules/parse": {
      version: "2.0.0",
      dependencies: { deep: "1.0.0" },
      optionalDependencies: { rare: "1.0.0" },
    },
    "node_modules/deep": { version: "1.0.0", dependencies: { web: "1.0.0" } },
    "node_modules/types": {
      version: "1.0.0",
      peerDependencies: { gone: "*" },
      peerDependenciesMeta: { gone: { optional: true } },
    },
    "node_modules/parse": { version: "1.0.0" },
    "node_modules/rare": { version: "1.0.0", optional: true },
    "node_modules/judge": { version: "1.0.0" },
    "node_modules/lint": { version: "1.0.0", dev: true },
  },
};

test("what nothing imports is left out, with what only that needs; places stay", () => {
  expect(reduceLock(lock, ["web"])).toEqual({
    lockfileVersion: 3,
    packages: {
      "": { name: "all", dependencies: { web: "1.0.0" } },
      "node_modules/web": lock.packages["node_modules/web"],
      "node_modules/web/node_modules/parse": lock.packages["node_modules/web/node_modules/parse"],
      "node_modules/deep": lock.packages["node_modules/deep"],
      "node_modules/rare": lock.packages["node_modules/rare"],
      "node_modules/types": lock.packages["node_modules/types"],
    },
  });
});

test("an import of what the lock does not hold is an error that names it", () => {
  expect(() => reduceLock(lock, ["web", "absent"])).toThrow("absent, which the API needs, is not in package-lock.json");
});

test("imports at run time count: once each, by package; types, Node's modules and our own do not", () => {
  const sources = [
    'import express, { type Request } from "express";\nimport type pg from "pg";\nexport type { A } from "types-only";',
    'import "node:fs";\nimport { readFile } from "node:fs/promises";\nimport "./own.ts";\nimport "side-effect";',
    'import {\n  one,\n  two,\n} from "@scope/name/part";\nexport { z } from "zod";\nimport e from "express";',
  ];
  expect(packagesIn(sources)).toEqual(["@scope/name", "express", "side-effect", "zod"]);
});
