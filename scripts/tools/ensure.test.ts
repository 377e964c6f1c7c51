import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BRINGS, bring, ensureTools, look } from "./ensure.ts";
import { entriesOf } from "./store.ts";
import { TOOLS } from "./table.ts";
import { script } from "./testing/script.ts";
import { freshEnv, scratchFolder, withShop } from "./testing/workshop.ts";
import { type Bring, missed } from "./way.ts";
import { inWorkshop, machineOf } from "./workshop.ts";

const PROMETHEUS = "prometheus, version 3.5.3+ds1 (branch: x)";
const { prometheus } = TOOLS;

/** A way that brings a program which prints `prints`. */
const bringing =
  (prints: string): Bring =>
  async ({ name }, { scratch }) => ({
    kind: "brought",
    file: script(join(scratch, "way", name), prints),
    why: "as asked",
  });

const nothing: Bring = async () => missed("not here");
const silent = () => undefined;

describe("look", () => {
  test("takes the first on PATH that serves, and passes over one that does not", async () => {
    const [old, good] = [await scratchFolder(), await scratchFolder()];
    script(join(old, "k6"), "k6 v2.1.0 (go1.26)");
    script(join(good, "k6"), "k6 v2.2.4 (go1.26)");
    const outcome = await withShop((shop) => look(TOOLS.k6, shop), { PATH: `${old}:${good}` });
    expect(outcome).toEqual({
      kind: "found",
      found: {
        name: "k6",
        version: "2.2.4",
        path: join(good, "k6"),
        from: "path",
        why: "on PATH; 2.2.x serves",
        passedOver: `${join(old, "k6")} is 2.1.0, not 2.2.x`,
      },
    });
  });

  test("says why what is on PATH does not serve", async () => {
    const folder = await scratchFolder();
    script(join(folder, "k6"), "k6 v2.1.0 (go1.26)");
    const env = await freshEnv({ PATH: folder });
    const outcome = await inWorkshop(env, undefined, (shop) => look(TOOLS.k6, shop));
    expect(outcome).toMatchObject({
      kind: "missed",
      misses: [
        { way: "path", why: `${join(folder, "k6")} is 2.1.0, not 2.2.x` },
        { way: "cache", why: `none in ${env.PROVING_GROUND_CACHE}` },
      ],
    });
  });

  test("looks for a program by its own name, in the version that is wanted", async () => {
    const [third, second] = [await scratchFolder(), await scratchFolder()];
    script(join(third, "prometheus"), PROMETHEUS);
    script(join(second, "prometheus"), "prometheus, version 2.42.0+ds (branch: x)");
    const outcome = await withShop((shop) => look(TOOLS.prometheus2, shop), { PATH: `${third}:${second}` });
    expect(outcome).toMatchObject({
      found: { name: "prometheus2", version: "2.42.0", path: join(second, "prometheus") },
    });
  });

  test("a program on PATH that does not run is none", async () => {
    const folder = await scratchFolder();
    script(join(folder, "k6"), "'; exit 3; echo '");
    const outcome = await withShop((shop) => look(TOOLS.k6, shop), { PATH: folder });
    expect(outcome).toMatchObject({ misses: [{ way: "path", why: `${join(folder, "k6")} ended with 3` }, {}] });
  });
});

test.each([
  ["does not say its version", "garbage", /\/k6 does not say its version but: garbage$/],
  ["ends with an error", "'; exit 1; echo '", /\/k6 ended with 1$/],
  ["hangs", "'; exec sleep 600; echo '", /\/k6 did not end within 5 s$/],
])("what %s is passed over in favour of the next, and said", { timeout: 60_000 }, async (_, prints, why) => {
  const [bad, good] = [await scratchFolder(), await scratchFolder()];
  script(join(bad, "k6"), prints);
  script(join(good, "k6"), "k6 v2.2.0 (go1.26)");
  const lines: string[] = [];
  const env = await freshEnv({ PATH: `${bad}:${good}:/usr/bin:/bin` });
  const tools = await ensureTools(["k6"], (line) => lines.push(line), { env });
  expect(tools.k6).toMatchObject({ path: join(good, "k6"), passedOver: expect.stringMatching(why) });
  expect(lines.at(-1)).toContain("2.2.0 from path (passed over: ");
});

test("a Prometheus 2 on PATH is passed over in favour of the cache's 3, and said", async () => {
  const folder = await scratchFolder();
  const env = await freshEnv({ PATH: folder });
  const brings = { ...BRINGS, release: bringing(PROMETHEUS) };
  await inWorkshop(env, undefined, (shop) => bring(prometheus, shop, silent, undefined, brings));
  script(join(folder, "prometheus"), "prometheus, version 2.53.0 (x)");
  const found = await inWorkshop({ ...env, PATH: `${folder}:/usr/bin:/bin` }, undefined, (shop) =>
    look(prometheus, shop),
  );
  expect(found).toMatchObject({
    found: { from: "cache", passedOver: `${join(folder, "prometheus")} is 2.53.0, not 3.x` },
  });
});

describe("bring", () => {
  test("tries the ways in the table's order until one serves, and remembers why the others did not", async () => {
    const env = await freshEnv();
    const brings = { release: nothing, debian: bringing(PROMETHEUS), gomodule: nothing };
    const brought = await inWorkshop(env, undefined, (shop) => bring(prometheus, shop, silent, undefined, brings));
    const path = join(env.PROVING_GROUND_CACHE ?? "", "tools/prometheus/3.5.3", platform(), "prometheus");
    expect(brought).toEqual({
      kind: "found",
      found: { name: "prometheus", version: "3.5.3", path, from: "debian", why: "as asked; release: not here" },
    });
    const again = await inWorkshop(env, undefined, (shop) => look(prometheus, shop));
    expect(again).toMatchObject({ found: { path, from: "cache", why: "came by debian: as asked; release: not here" } });
  });

  test("refuses what a way brings in a version that does not serve, and goes on", async () => {
    const brings = { release: bringing("prometheus, version 2.55.1 (x)"), debian: nothing, gomodule: nothing };
    const outcome = await withShop((shop) => bring(prometheus, shop, silent, undefined, brings));
    expect(outcome).toMatchObject({
      kind: "missed",
      misses: [
        { way: "path" },
        { way: "cache" },
        { way: "release", why: expect.stringMatching(/\/prometheus is 2\.55\.1, not 3\.x$/) },
        { way: "debian", why: "not here" },
        { way: "gomodule", why: "not here" },
      ],
    });
  });

  test("replaces a cached program that no longer runs", async () => {
    const env = await freshEnv();
    const brings = { ...BRINGS, release: bringing(PROMETHEUS) };
    const run = () => inWorkshop(env, undefined, (shop) => bring(prometheus, shop, silent, undefined, brings));
    const first = await run();
    if (first.kind !== "found") throw new Error("nothing was brought");
    script(first.found.path, "broken");
    expect(await run()).toMatchObject({ kind: "found", found: { from: "release", path: first.found.path } });
    expect(await run()).toMatchObject({ kind: "found", found: { from: "cache" } });
  });

  test("of several in the cache the table's own version comes first, then the newest", async () => {
    const env = await freshEnv();
    const versions = ["3.9.0", prometheus.version, "3.17.1"];
    await inWorkshop(env, undefined, async (shop) => {
      const noLook = { path: async () => missed(""), cache: async () => missed("") };
      for (const version of versions) {
        const brings = { ...BRINGS, release: bringing(`prometheus, version ${version} (x)`) };
        await bring(prometheus, shop, silent, noLook, brings);
      }
      const entries = await entriesOf(prometheus, shop);
      expect(entries.map(({ version }) => version)).toEqual([prometheus.version, "3.17.1", "3.9.0"]);
    });
  });
});

test("a machine that nothing serves is refused with a word", () => {
  expect(() => machineOf("freebsd", "x64")).toThrow("no tools for freebsd on x64");
});

function platform(): string {
  return `${process.platform}-${process.arch}`;
}
