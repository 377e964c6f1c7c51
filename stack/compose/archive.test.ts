import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { demandWholeArchive } from "./archive.ts";

const folder = mkdtempSync(join(tmpdir(), "archive-"));
afterAll(() => rmSync(folder, { recursive: true }));
const archive = join(folder, "a.tar");
beforeEach(() => {
  writeFileSync(join(folder, "content"), "x".repeat(20_000));
  execFileSync("tar", ["-C", folder, "-cf", archive, "content"]);
});

test("what tar wrote to its end is whole", async () => {
  await expect(demandWholeArchive(archive)).resolves.toBeUndefined();
});

test.each([0, 512, 1024, 10_240])("what was cut off after %i bytes is refused", async (bytes) => {
  truncateSync(archive, bytes);
  await expect(demandWholeArchive(archive)).rejects.toMatchObject({
    code: "command",
    message: `${archive} was cut off after ${bytes} bytes: it is no backup.`,
  });
});
