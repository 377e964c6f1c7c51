import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "./credentials.ts";
import { readTokenFile, untilDone } from "./register.ts";

let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "task-api-register-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function file(text: string): Promise<string> {
  const path = join(directory, "token");
  await writeFile(path, text);
  return path;
}

describe("readTokenFile", () => {
  it("trims the token and gives its hash only", async () => {
    expect(await readTokenFile(await file("  0123456789abcdef\n"))).toBe(hashToken("0123456789abcdef"));
  });

  it.each([
    ["0123456789abcde", "holds 15 characters; a token needs at least 16"],
    ["", "holds 0 characters; a token needs at least 16"],
    ["0123456789 abcdef", "holds characters no bearer token may have (RFC 6750); use base64url or hex"],
  ])("refuses %j without repeating it", async (text, message) => {
    const path = await file(text);
    await expect(readTokenFile(path)).rejects.toThrow(new Error(`TOKEN_FILE ${path} ${message}`));
  });

  it("says which file is missing", async () => {
    const path = join(directory, "none");
    const message = `TOKEN_FILE ${path} cannot be read (ENOENT); correct the path or its rights`;
    await expect(readTokenFile(path)).rejects.toThrow(new Error(message));
  });
});

describe("untilDone", () => {
  it("tries until it succeeds", async () => {
    const failures: unknown[] = [];
    let attempts = 0;
    const attempt = async (): Promise<void> => {
      attempts += 1;
      if (attempts < 3) throw new Error(`no ${attempts}`);
    };
    await untilDone(attempt, (error) => failures.push(error), new AbortController().signal);
    expect(failures).toEqual([new Error("no 1"), new Error("no 2")]);
  });

  it("stops waiting when told to", async () => {
    const controller = new AbortController();
    const failing = untilDone(
      () => Promise.reject(new Error("no")),
      () => controller.abort(),
      controller.signal,
    );
    await expect(failing).resolves.toBeUndefined();
  });
});
