import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failureOf, runProgram } from "../lib/program.ts";
import { bringPackage } from "./npm-package.ts";

/** npm's registry, as far as `npm pack` asks it, with one package. */
let registry: Server;
let folder: string;
let integrity: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "npm-package-"));
  const sources = join(folder, "package");
  mkdirSync(join(sources, "bin"), { recursive: true });
  writeFileSync(join(sources, "package.json"), JSON.stringify({ name: "small", version: "1.0.0" }));
  writeFileSync(join(sources, "bin", "node"), "a program");
  const archive = join(folder, "small.tgz");
  expect(failureOf("tar", await runProgram("tar", ["-czf", archive, "-C", folder, "package"]))).toBeNull();
  const content = readFileSync(archive);
  integrity = `sha512-${createHash("sha512").update(content).digest("base64")}`;
  registry = createServer((request, response) => {
    if (request.url?.endsWith(".tgz")) return void response.end(content);
    const { port } = registry.address() as AddressInfo;
    const dist = { tarball: `http://127.0.0.1:${port}/small.tgz`, integrity };
    const versions = { "1.0.0": { name: "small", version: "1.0.0", dist } };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name: "small", "dist-tags": { latest: "1.0.0" }, versions }));
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  registry.close();
  rmSync(folder, { recursive: true });
});

function shop() {
  const { port } = registry.address() as AddressInfo;
  const own = { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: join(folder, "cache") };
  return { env: { ...process.env, ...own }, signal: undefined };
}

test("a package with the hash that is known is unpacked", async () => {
  const place = join(folder, "good");
  await bringPackage({ name: "small", version: "1.0.0", integrity }, place, shop());
  expect(readFileSync(join(place, "bin", "node"), "utf8")).toBe("a program");
});

test("another hash is refused, though the registry stands by it; nothing is unpacked", async () => {
  const place = join(folder, "bad");
  const wanted = { name: "small", version: "1.0.0", integrity: "sha512-other" };
  await expect(bringPackage(wanted, place, shop())).rejects.toThrow(
    `small@1.0.0 has the hash ${integrity}, known is sha512-other: refused`,
  );
  expect(existsSync(join(place, "bin"))).toBe(false);
});

test("a version that the registry lacks is told in npm's words", async () => {
  const wanted = { name: "small", version: "2.0.0", integrity };
  await expect(bringPackage(wanted, join(folder, "none"), shop())).rejects.toThrow(/^npm pack ended with 1: npm error/);
});
