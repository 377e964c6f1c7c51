import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith } from "../testing/command.ts";
import type { Output } from "./formats.ts";
import { filesOfRun, refuseOverwriting } from "./outputs.ts";

const open: { folder?: Awaited<ReturnType<typeof folderWith>> } = {};
beforeAll(async () => {
  open.folder = await folderWith({ "slo.yaml": "service: s", "run/run.json": "{}" });
  await symlink("slo.yaml", join(open.folder.path, "link.yaml"));
  await symlink("run", join(open.folder.path, "latest"));
});
afterAll(() => open.folder?.remove());

const json = (path: string): Output => ({ format: "json", path });
const junit = (path: string): Output => ({ format: "junit", path });
const taken = [{ path: "link.yaml", what: "the objectives file" }, ...filesOfRun("latest")];
const refuse = (...outputs: Output[]) => refuseOverwriting(outputs, taken, open.folder?.path ?? "");

describe("an output is refused where it would overwrite", () => {
  it.each<[string, Output[], string]>([
    ["the objectives", [json("slo.yaml")], "--output json=slo.yaml would overwrite the objectives file"],
    ["them through a link", [json("./run/../link.yaml")], "would overwrite the objectives file"],
    ["the run's facts", [json("run/run.json")], "would overwrite the run's run.json"],
    ["evidence that is not there yet", [json("run/evidence.json")], "would overwrite the run's evidence.json"],
    ["the run's report", [junit("run/report.json")], "would overwrite the output json"],
    ["another output", [json("out/x"), junit("out/x")], "--output junit=out/x would overwrite the output json"],
  ])("%s", async (_what, outputs, message) => {
    await expect(refuse(...outputs)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  });

  it("but not elsewhere", async () => {
    await expect(refuse(json("run/report.json"), junit("run/junit.xml"), json("out/x"))).resolves.toBeUndefined();
  });
});
