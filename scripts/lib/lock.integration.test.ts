import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { withLock } from "./lock.mjs";

function lockPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "lock-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "lock");
}

describe("withLock", () => {
  test("lets one work at a time, and gives back what the work gives", async () => {
    const path = lockPath();
    let inside = 0;
    let most = 0;
    const work = async (result: number) => {
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
      return result;
    };
    const results = await Promise.all([1, 2, 3].map((result) => withLock(path, () => work(result))));
    expect([results, most, existsSync(path)]).toEqual([[1, 2, 3], 1, false]);
  });

  test("lets go when the work fails", async () => {
    const path = lockPath();
    await expect(withLock(path, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await withLock(path, async () => "next")).toBe("next");
  });

  test("takes over from a process that died", async () => {
    const path = lockPath();
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    const { hostname } = await import("node:os");
    writeFileSync(path, JSON.stringify({ pid: child.pid, host: hostname(), token: "x" }));
    expect(await withLock(path, async () => "taken over")).toBe("taken over");
    expect(readdirSync(join(path, ".."))).toEqual([]);
  });

  test("waits for a living process, and says which", async () => {
    const path = lockPath();
    const { hostname } = await import("node:os");
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), token: "x" }));
    const onWait = vi.fn(() => rmSync(path));
    expect(await withLock(path, async () => "at last", { onWait })).toBe("at last");
    expect(onWait.mock.calls).toEqual([[process.pid]]);
  });

  test("takes over from another host's once it shows no sign of life", async () => {
    const path = lockPath();
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: "elsewhere.test", token: "x" }));
    const long = new Date(Date.now() - 60_000);
    utimesSync(path, long, long);
    expect(await withLock(path, async () => readFileSync(path, "utf8"))).toContain(`"pid":${process.pid},`);
  });

  test("ends the wait when it is told to", async () => {
    const path = lockPath();
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: "elsewhere.test", token: "x" }));
    const controller = new AbortController();
    const waiting = withLock(path, async () => "never", {
      signal: controller.signal,
      onWait: () => controller.abort(),
    });
    await expect(waiting).rejects.toThrow("aborted");
  });
});
