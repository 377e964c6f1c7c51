import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packagesIn, reduceLock, reducePackage } from "./reduce.ts";

/** Writes package.json and package-lock.json with nothing but what the API imports into a folder, for its image. */
async function writeManifest(root: string, folder: string): Promise<void> {
  const names = packagesIn(await sourcesIn(join(root, "api")));
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const { name, version, type, license } = manifest;
  const own = { name, version, license, private: true, type };
  await mkdir(folder, { recursive: true });
  const write = (file: string, content: unknown) =>
    writeFile(join(folder, file), `${JSON.stringify(content, null, 2)}\n`);
  await write("package.json", { ...own, ...reducePackage({ dependencies: manifest.dependencies }, names) });
  await write("package-lock.json", reduceLock(lock, names));
}

async function sourcesIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  const ours = files.filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("testing/"),
  );
  return Promise.all(ours.map((file) => readFile(join(folder, file), "utf8")));
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("manifest: give the folder to write package.json and package-lock.json to");
  process.exitCode = 2;
} else {
  await writeManifest(join(import.meta.dirname, "../.."), folder);
}
