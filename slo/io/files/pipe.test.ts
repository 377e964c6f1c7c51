import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith } from "../../testing/command.ts";
import { readPipe } from "./pipe.ts";
import { readText } from "./read.ts";

const open: { folder?: Awaited<ReturnType<typeof folderWith>> } = {};
beforeAll(async () => {
  open.folder = await folderWith({});
});
afterAll(() => open.folder?.remove());

async function pipe(name: string): Promise<string> {
  const path = join(open.folder?.path ?? "", name);
  await promisify(execFile)("mkfifo", [path]);
  return path;
}

describe("a pipe", () => {
  it("that nobody writes to does not hold us", async () => {
    expect(await readPipe(await pipe("silent"), 100, 0.1)).toEqual({ kind: "silent" });
  });

  it("is read to its end, also by a writer who comes late", async () => {
    const path = await pipe("late");
    const text = "objective\n".repeat(20_000);
    const reading = readText(path, { cwd: "/", what: "file", limit: 1e6 });
    const [read] = await Promise.all([reading, writeFile(path, text)]);
    expect(read).toBe(text);
  });

  it("is not read past the limit", async () => {
    const path = await pipe("endless");
    const reading = readText(path, { cwd: "/", what: "objectives file", limit: 1000 });
    // The writer's pipe breaks when we stop reading.
    const writing = writeFile(path, "x".repeat(1e6)).catch(() => undefined);
    await expect(reading).rejects.toMatchObject({
      exitCode: 2,
      message: `${path}: the objectives file has more bytes than the 1000 it may have`,
    });
    await writing;
  });
});
