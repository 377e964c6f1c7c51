import { lstat, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderWith } from "../../testing/command.ts";
import { writeWhole } from "./write.ts";

it("keeps a link a link, and a device a device", async () => {
  const folder = await folderWith({ "real.json": "old" });
  try {
    await symlink("real.json", join(folder.path, "link.json"));
    await symlink("/dev/null", join(folder.path, "null.json"));
    await writeWhole("link.json", folder.path, "new");
    await writeWhole("null.json", folder.path, "new");
    expect(await readFile(join(folder.path, "real.json"), "utf8")).toBe("new");
    expect((await lstat(join(folder.path, "link.json"))).isSymbolicLink()).toBe(true);
    expect((await lstat(join(folder.path, "null.json"))).isSymbolicLink()).toBe(true);
    expect((await stat(join(folder.path, "null.json"))).isCharacterDevice()).toBe(true);
  } finally {
    await folder.remove();
  }
});
