import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";

const scripts = fileURLToPath(new URL("..", import.meta.url));
const WITHOUT_NPM = { PATH: "/nowhere", npm_execpath: "" };

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of its own, without dependencies, whose path has a space in it. */
function project(entry: string, dependencies: Record<string, string> = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "bootstrap-test-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root = join(folder, "my clone");
  mkdirSync(join(root, "scripts"), { recursive: true });
  for (const part of ["bootstrap.mjs", "bootstrap", "lib"])
    cpSync(join(scripts, part), join(root, "scripts", part), { recursive: true });
  writeFileSync(join(root, "scripts", "entry.ts"), entry);
  const lock = (version: string) => {
    const self = { name: "x", version, dependencies };
    const installed = Object.entries(dependencies).map(([name, wanted]) => [
      `node_modules/${name}`,
      { version: wanted },
    ]);
    writeFileSync(join(root, "package.json"), JSON.stringify(self));
    writeFileSync(
      join(root, "package-lock.json"),
      JSON.stringify({
        name: "x",
        version,
        lockfileVersion: 3,
        packages: { "": self, ...Object.fromEntries(installed) },
      }),
    );
  };
  lock("1.0.0");
  return { folder, root, lock };
}

/** One whose packages are there: npm has nothing to do, and nothing to say where it takes its time. */
function installed(entry: string) {
  const at = project(entry);
  mkdirSync(join(at.root, "node_modules"));
  writeFileSync(join(at.root, "node_modules", ".package-lock.json"), JSON.stringify({ packages: {} }));
  return at;
}

function start(
  { folder, root }: { folder: string; root: string },
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
) {
  const child = spawn(process.execPath, [join(root, "scripts", "bootstrap.mjs"), ...args], {
    cwd: folder,
    env: { ...process.env, PROVING_GROUND_CACHE: join(folder, "cache"), npm_config_cache: join(folder, "npm"), ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
  return { child, ended, stdout: () => stdout };
}

const run = (...args: Parameters<typeof start>) => start(...args).ended;

describe("hand-over", () => {
  test("passes arguments, working directory and exit code exactly", async () => {
    const at = installed(
      "const all: string[] = process.argv.slice(2); console.log(JSON.stringify([all, process.cwd()])); process.exit(7);",
    );
    const { code, stdout, stderr } = await run(at, ["scripts/entry.ts", "a b", "--", "--flag"]);
    expect([code, JSON.parse(stdout), stderr]).toEqual([7, [["a b", "--", "--flag"], at.folder], ""]);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "passes %s on, waits, and gives the child's exit code",
    async (signal) => {
      const at = installed(`
      process.on("${signal}", () => { console.log("tidying"); setImmediate(() => process.exit(9)); });
      setInterval(() => {}, 1000);
      console.log("ready");`);
      const running = start(at, ["scripts/entry.ts"]);
      await vi.waitUntil(() => running.stdout() !== "", { timeout: 120_000 });
      running.child.kill(signal);
      expect(await running.ended).toMatchObject({ code: 9, stdout: "ready\ntidying\n" });
    },
  );

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s before the child listens is exit code 3 and a line",
    async (signal) => {
      const at = installed('setInterval(() => {}, 1000); console.log("ready");');
      const running = start(at, ["scripts/entry.ts"]);
      await vi.waitUntil(() => running.stdout() !== "", { timeout: 120_000 });
      running.child.kill(signal);
      expect(await running.ended).toMatchObject({ code: 3, stderr: `bootstrap: interrupted by ${signal}\n` });
    },
  );

  test("a child that another ended by a signal is exit code 128 + n", async () => {
    const at = installed('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000);');
    expect(await run(at, ["scripts/entry.ts"])).toMatchObject({ code: 143, stderr: "" });
  });

  test("Ctrl-C before anything is started is exit code 3 and a line", async () => {
    const at = installed("");
    writeFileSync(
      join(at.root, "scripts/bootstrap/main.mjs"),
      'console.log("loading"); await new Promise(() => setInterval(() => {}, 1000));',
    );
    const running = start(at, ["scripts/entry.ts"]);
    await vi.waitUntil(() => running.stdout() !== "", { timeout: 120_000 });
    running.child.kill("SIGINT");
    expect(await running.ended).toMatchObject({ code: 3, stderr: "bootstrap: interrupted by SIGINT\n" });
  });

  test("without an entry says how it is called", async () => {
    const { code, stderr } = await run(project(""), []);
    expect([code, stderr]).toEqual([
      2,
      "bootstrap: no entry given\n  node scripts/bootstrap.mjs ENTRY.ts [arguments]\n",
    ]);
  });
});

describe("packages", () => {
  const entry = 'console.log("ran");';

  test("are installed when missing, left alone while the lock file stays, installed again when it changes", async () => {
    const at = project(entry);
    expect(await run(at, ["scripts/entry.ts"])).toMatchObject({ code: 0, stdout: "ran\n" });
    expect(await run(at, ["scripts/entry.ts"], WITHOUT_NPM)).toMatchObject({ code: 0, stdout: "ran\n" });
    const leftover = join(at.root, "node_modules", "leftover");
    mkdirSync(leftover);
    at.lock("1.0.1");
    expect(await run(at, ["scripts/entry.ts"])).toMatchObject({ code: 0, stdout: "ran\n" });
    expect(existsSync(leftover)).toBe(false);
  });

  test("that a developer installed are taken over where they are those of the lock file", async () => {
    const at = project(entry, { pg: "8.0.0" });
    mkdirSync(join(at.root, "node_modules"));
    const record = (version: string) =>
      writeFileSync(
        join(at.root, "node_modules", ".package-lock.json"),
        JSON.stringify({ packages: { "node_modules/pg": { version } } }),
      );
    record("7.0.0");
    expect((await run(at, ["scripts/entry.ts"], WITHOUT_NPM)).code).toBe(3);
    record("8.0.0");
    expect(await run(at, ["scripts/entry.ts"], WITHOUT_NPM)).toMatchObject({ code: 0, stdout: "ran\n" });
  });

  test("are installed by one of several that start at once", async () => {
    const at = project(entry);
    const all = await Promise.all([1, 2, 3].map(() => run(at, ["scripts/entry.ts"])));
    expect(all.map(({ code, stdout }) => [code, stdout])).toEqual([1, 2, 3].map(() => [0, "ran\n"]));
  });

  test("without npm: says so, and what to do", async () => {
    const at = project(entry);
    const { code, stdout, stderr } = await run(at, ["scripts/entry.ts"], WITHOUT_NPM);
    expect([code, stdout, stderr]).toEqual([
      3,
      "",
      `bootstrap: npm ci failed in ${at.root}: npm is not on PATH
  spawn npm ENOENT
  Install npm (it comes with Node), then try again.
`,
    ]);
  });

  test("without the registry: says so, shows npm's words, and starts nothing", async () => {
    const at = project(entry, { pg: "8.0.0" });
    // Port 9 (discard) is nobody's.
    const env = { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };
    const { code, stdout, stderr } = await run(at, ["scripts/entry.ts"], env);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(`bootstrap: npm ci failed in ${at.root}: npm's registry cannot be reached\n`);
    expect(stderr).toContain("  npm error code ECONNREFUSED\n");
  });

  test("with a cache folder that cannot be written: says which, and what to do", async () => {
    const at = project(entry);
    const { code, stderr } = await run(at, ["scripts/entry.ts"], { PROVING_GROUND_CACHE: "/dev/null/cache" });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^bootstrap: the cache folder \/dev\/null\/cache cannot be written: ENOTDIR.*\n {2}Set PROVING_GROUND_CACHE to a folder that can\.\n$/,
    );
  });
});
