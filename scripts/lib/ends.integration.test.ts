import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const module = fileURLToPath(new URL("./ends.ts", import.meta.url));
const program = `
import { outliveReaders } from ${JSON.stringify(module)};
outliveReaders();
process.stdin.resume().on("end", () => {
  process.stdout.write("a line for nobody\\n");
  process.stderr.write("another\\n");
  setTimeout(() => { process.exitCode = 3; }, 100);
});`;

test("closed pipes change no exit code", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: "pipe" });
  child.stdout.destroy();
  child.stderr.destroy();
  const code = await new Promise((resolve) => {
    child.once("exit", resolve);
    child.stdin.end();
  });
  expect(code).toBe(3);
});

test("an error that nobody caught is exit 3, a line and no stack", () => {
  const broken = `import { endUnproven } from ${JSON.stringify(module)}; endUnproven(); Promise.reject(new Error("stray"));`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", broken], {
    encoding: "utf8",
    env: { ...process.env, LOAD_DEBUG: "" },
  });
  expect(status).toBe(3);
  expect(stderr).toContain("✗ run         stray\n");
  expect(stderr).not.toMatch(/^ +at /m);
});
