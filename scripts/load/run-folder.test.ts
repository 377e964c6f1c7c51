import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createRunFolder, pointLatest, runId, writeJson } from "./run-folder.ts";

async function results(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "proving-ground-folder-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("an id sorts by time and is safe as a file name", () => {
  expect(runId(new Date("2026-11-22T16:21:44.123Z"), "my profile/2", "3fa9")).toBe("20261122-162144-my_profile_2-3fa9");
});

test("latest leads to the newest run", async () => {
  const path = await results();
  const first = await createRunFolder(path, "smoke");
  await pointLatest(first);
  const second = await createRunFolder(path, "smoke");
  await pointLatest(second);
  expect(await readlink(join(path, "latest"))).toBe(second.id);
});

test("two runs never share a folder, even by the same id", async () => {
  const [path, now] = [await results(), new Date()];
  await createRunFolder(path, "smoke", "3fa9", now);
  await expect(createRunFolder(path, "smoke", "3fa9", now)).rejects.toThrow(/EEXIST/);
});

test("a file is whole or not there", async () => {
  const folder = await createRunFolder(await results(), "smoke");
  await writeJson(folder.file("run.json"), { schema: 1 });
  expect(await readFile(folder.file("run.json"), "utf8")).toBe('{\n  "schema": 1\n}\n');
  expect(await readdir(folder.path)).toEqual(["run.json"]);
});

test("a folder that cannot be made says which and why", async () => {
  const file = join(await results(), "file");
  await writeFile(file, "");
  await expect(createRunFolder(join(file, "results"), "smoke")).rejects.toThrow(
    /^cannot make the run folder .*file\/results\/.*ENOTDIR/,
  );
});

test("a latest that leads nowhere is replaced", async () => {
  const path = await results();
  await symlink("gone", join(path, "latest"));
  const run = await createRunFolder(path, "smoke");
  expect(await pointLatest(run)).toBe(null);
  expect(await readlink(join(path, "latest"))).toBe(run.id);
});

test("a latest that is a file or folder of the user's is left as it is, and said", async () => {
  const [withFile, withFolder] = [await results(), await results()];
  await writeFile(join(withFile, "latest"), "mine");
  await mkdir(join(withFolder, "latest"));
  await writeFile(join(withFolder, "latest/mine"), "mine");
  for (const path of [withFile, withFolder]) {
    const why = await pointLatest(await createRunFolder(path, "smoke"));
    expect(why).toMatch(/latest is no link and is left as it is: it does not lead to this run$/);
    expect((await readdir(path)).filter((name) => name.startsWith(".latest"))).toEqual([]);
  }
  expect(await readFile(join(withFile, "latest"), "utf8")).toBe("mine");
  expect(await readdir(join(withFolder, "latest"))).toEqual(["mine"]);
});
