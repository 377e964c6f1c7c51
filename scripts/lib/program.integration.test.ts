import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, runProgram } from "./program.ts";

const sh = (script: string, options = {}) => runProgram("sh", ["-c", script], options);

describe("runProgram", () => {
  test("keeps what is said, and stdout apart", async () => {
    const ending = await sh("echo out; echo err >&2; exit 3");
    expect(ending).toMatchObject({ kind: "ended", code: 3, stdout: "out\n", output: expect.stringContaining("err\n") });
    expect(failureOf("it", ending)).toMatch(/^it ended with 3: (out|err)$/);
  });

  test("says why a program does not start", async () => {
    const ending = await runProgram("/nowhere/program", []);
    expect(failureOf("program", ending)).toBe("program does not start (spawn /nowhere/program ENOENT)");
  });

  test("ends what takes too long", async () => {
    expect(failureOf("it", await sh("sleep 60", { timeout: 100 }))).toBe("it did not end within 0.1 s");
  });

  test("ends on abort with all it started", async () => {
    const folder = mkdtempSync(join(tmpdir(), "program-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const controller = new AbortController();
    const running = sh(`sleep 60 & echo $! > ${folder}/draft; mv ${folder}/draft ${folder}/pid; wait`, {
      signal: controller.signal,
    });
    await vi.waitUntil(() => existsSync(join(folder, "pid")), { timeout: 60_000 });
    controller.abort();
    expect(await running).toEqual({ kind: "aborted" });
    const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
    await vi.waitUntil(() => isGone(pid), { timeout: 60_000 });
  });
});

/** Ended, or waiting for a parent that may never come to collect it, as in containers without an init. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform === "linux" && / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}
