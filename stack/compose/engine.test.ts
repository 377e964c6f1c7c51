import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findEngine, newEnough } from "./engine.ts";

const folder = mkdtempSync(join(tmpdir(), "proving-ground-engine-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A PATH with a program in Docker's place, which answers `docker version` and `docker compose version` so. */
function path(name: string, version: string, compose: string): NodeJS.ProcessEnv {
  const bin = join(folder, name);
  const program = join(bin, "docker");
  rmSync(bin, { recursive: true, force: true });
  writeProgram(bin, program, `#!/bin/sh\nif [ "$1" = version ]; then\n${version}\nelse\n${compose}\nfi\n`);
  return { PATH: `${bin}:/usr/bin:/bin` };
}

function writeProgram(bin: string, program: string, text: string): void {
  mkdirSync(bin, { recursive: true });
  writeFileSync(program, text);
  chmodSync(program, 0o755);
}

const up = `echo '{"Client":{"Version":"28.2.2"},"Server":{"Version":"28.5.2+dfsg4"}}'`;
const compose = `echo '{"version":"v2.40.3-desktop.1"}'`;
const failing = async (env: NodeJS.ProcessEnv) =>
  findEngine(env).then(
    () => "found",
    (error: Error & { code?: string; hint?: string }) => [error.code, error.message, error.hint],
  );

test("the versions of both", async () => {
  expect(await findEngine(path("both", up, compose))).toEqual({ engine: "28.5.2", compose: "2.40.3" });
});

describe("what is wrong, and what to do", () => {
  test("no docker", async () => {
    expect(await failing({ PATH: folder })).toEqual([
      "engine-missing",
      "There is no docker on PATH.",
      "Install Docker with its Compose plugin. A load does without it: --stack native.",
    ]);
  });

  test("no engine behind it", async () => {
    const down = `echo '{"Client":{},"Server":null}'; echo "Cannot connect to the Docker daemon at unix:///x. Is it running?" >&2; exit 1`;
    expect(await failing(path("down", down, compose))).toEqual([
      "engine-down",
      "The Docker engine does not answer: Cannot connect to the Docker daemon at unix:///x. Is it running?",
      "Start Docker (Docker Desktop, or: systemctl start docker). A load does without it: --stack native.",
    ]);
  });

  test("an engine that this user may not talk to", async () => {
    const closed = `echo "permission denied while trying to connect to the Docker daemon socket" >&2; exit 1`;
    expect(await failing(path("closed", closed, compose))).toEqual([
      "engine-down",
      "The Docker engine is up, but this user may not talk to it.",
      "Add yourself to the group docker and log in again. A load does without it: --stack native.",
    ]);
  });

  test("no Compose", async () => {
    expect(await failing(path("bare", up, "echo unknown command >&2; exit 1"))).toEqual([
      "engine-missing",
      "The Docker engine is up, but docker has no plugin compose.",
      "Install Compose 2.24 or newer.",
    ]);
  });

  test("a Compose that is too old", async () => {
    expect(await failing(path("old", up, `echo '{"version":"2.23.3"}'`))).toEqual([
      "engine-too-old",
      "Docker Compose 2.23.3 is too old.",
      "Install Compose 2.24 or newer.",
    ]);
  });
});

test.each([
  ["2.23.9", false],
  ["v2.24.0", true],
  ["2.40.3-3", true],
  ["3.0.0", true],
  ["1.29.2", false],
])("Compose %s is new enough: %s", (version, enough) => {
  expect(newEnough(version)).toBe(enough);
});
