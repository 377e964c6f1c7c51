import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PARTS, partOf, readManifest, writeManifest } from "./manifest.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "backup-"));
  for (const name of PARTS) await writeFile(join(folder, `${name}.tar`), `data of ${name}`);
  const [postgres, prometheus, alertmanager] = await Promise.all(PARTS.map((name) => partOf(folder, `${name}.tar`)));
  if (!postgres || !prometheus || !alertmanager) throw new Error("parts are missing");
  const parts = { postgres, prometheus, alertmanager };
  await writeManifest(folder, { schema: 1, at: "2026-11-22T23:00:00.000Z", versions: { postgres: "18.6" }, parts });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("readManifest", () => {
  it("reads a whole backup", async () => {
    await expect(readManifest(folder)).resolves.toMatchObject({ at: "2026-11-22T23:00:00.000Z" });
  });

  it("refuses one that was not finished", async () => {
    await rm(join(folder, "manifest.json"));
    await expect(readManifest(folder)).rejects.toThrow(
      `${folder} holds no manifest.json: it is no backup, or one that was not finished`,
    );
  });

  it("refuses a file that is missing", async () => {
    await rm(join(folder, "prometheus.tar"));
    await expect(readManifest(folder)).rejects.toThrow(`${join(folder, "prometheus.tar")} is missing`);
  });

  it("refuses a file that was cut, and one with a byte changed", async () => {
    const file = join(folder, "postgres.tar");
    await writeFile(file, "data of");
    await expect(readManifest(folder)).rejects.toThrow(`${file} is not what was backed up: 7 bytes, 16 expected`);
    await writeFile(file, "data of postgreS");
    await expect(readManifest(folder)).rejects.toThrow(`${file} is not what was backed up: 16 bytes, 16 expected`);
  });

  it.each(["{", "{}", '{"schema":2}'])("refuses the manifest %s", async (text) => {
    const file = join(folder, "manifest.json");
    await writeFile(file, text);
    await expect(readManifest(folder)).rejects.toThrow(`${file} is not a manifest of a backup`);
  });

  it("takes no file from outside the folder", async () => {
    const file = join(folder, "manifest.json");
    const part = { file: "../secret", bytes: 1, sha256: "" };
    const parts = { postgres: part, prometheus: part, alertmanager: part };
    await writeFile(file, JSON.stringify({ schema: 1, at: "", versions: {}, parts }));
    await expect(readManifest(folder)).rejects.toThrow(`${file} is not a manifest of a backup`);
  });
});
