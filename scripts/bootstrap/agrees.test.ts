import { expect, test } from "vitest";
import { agrees } from "./agrees.mjs";

const machine = { platform: "linux", arch: "x64" };
const pg = { version: "8.0.0", integrity: "sha512-pg" };
const bin = { version: "1.0.0", integrity: "sha512-bin", optional: true, os: ["linux"], cpu: ["x64"] };
const mac = { version: "1.0.0", optional: true, os: ["darwin"], cpu: ["arm64"] };
const lock = { "": { name: "x" }, "node_modules/pg": pg, "node_modules/bin": bin, "node_modules/mac": mac };
const record = { "node_modules/pg": pg, "node_modules/bin": bin };

const check = (installed: object) =>
  agrees(JSON.stringify({ packages: lock }), JSON.stringify({ packages: installed }), machine);

test("what the lock file asks for on this machine is there", () => {
  expect(check(record)).toBe(true);
});

test.each([
  ["a package is missing", { "node_modules/bin": bin }],
  ["a package is of another version", { ...record, "node_modules/pg": { ...pg, version: "8.0.1" } }],
  ["a package is not the same", { ...record, "node_modules/pg": { ...pg, integrity: "sha512-other" } }],
  ["a package is one too many", { ...record, "node_modules/extra": pg }],
  ["a package is another platform's", { ...record, "node_modules/mac": mac }],
])("not where %s", (_case, installed) => {
  expect(check(installed)).toBe(false);
});

test("not where the record is cut short", () => {
  expect(agrees(JSON.stringify({ packages: lock }), '{"packages": {', machine)).toBe(false);
});
