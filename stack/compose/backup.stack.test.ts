import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { request, rows, value } from "../testing/ask.ts";
import { type ComposeStack, describeOnStack } from "../testing/compose-stack.ts";
import { runOnce } from "../testing/one-off.ts";
import { until } from "../testing/poll.ts";
import { untilScrapedAfter } from "../testing/scrape.ts";
import { untilServing } from "../testing/serving.ts";
import { backup, type Steps } from "./backup.ts";
import { restore } from "./restore.ts";

function stepsOn({ place }: ComposeStack): Steps {
  return { place, signal: new AbortController().signal, say: () => undefined };
}

/** Every column of every task, in one hash. */
async function contents({ compose }: ComposeStack): Promise<string> {
  const copy = "COPY (SELECT * FROM tasks ORDER BY id) TO STDOUT";
  const psql = `PATH=$PATH:/usr/lib/postgresql/18/bin psql --host /tmp --username postgres --dbname tasks --no-psqlrc -c "${copy}"`;
  const text = await compose(["exec", "-T", "postgres", "sh", "-c", psql]);
  return createHash("sha256").update(text).digest("hex");
}

const SERIES = ["up", "http_request_duration_seconds_bucket", "nginx_request_duration_seconds_bucket"];

/** Samples that Prometheus holds of a window that is over; null while one of the series has none in it. */
function samples(stack: ComposeStack, at: number): Promise<number | null> {
  return value(stack, SERIES.map((name) => `sum(count_over_time(${name}[10s] @ ${at}))`).join(" + "));
}

describeOnStack("backup and restore", (stack) => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "backups-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("nothing is lost where everything was destroyed", async () => {
    await untilServing(stack());
    for (let n = 0; n < 25; n += 1) expect(await request(stack(), "POST", "/tasks", { title: `task ${n}` })).toBe(201);
    // A fast machine is done with its requests before the first scrape that sees one.
    const at = await until("a thousand samples, some of every series", 120, async () => {
      const now = Math.floor(Date.now() / 1000);
      return ((await samples(stack(), now)) ?? 0) > 1000 ? now : null;
    });
    await untilScrapedAfter(stack(), at);
    const before = {
      rows: await rows(stack()),
      contents: await contents(stack()),
      samples: await samples(stack(), at),
    };
    expect(before.rows).toBe(25);

    await backup(join(folder, "one"), stepsOn(stack()));
    await stack().compose(["down", "--volumes", "--timeout", "5"]);
    await stack().compose(["up", "--detach", "--wait"]);
    expect(await rows(stack())).toBe(0);
    expect(await samples(stack(), at)).toBeNull();

    await restore(join(folder, "one"), stepsOn(stack()));
    expect({
      rows: await rows(stack()),
      contents: await contents(stack()),
      samples: await samples(stack(), at),
    }).toEqual(before);
  });

  test("the restored stack serves, with its roles as they were", async () => {
    const token = (await stack().compose(["exec", "-T", "api", "cat", "/secrets/api/token"])).trim();
    await untilServing({ ...stack(), token });
    expect(await request({ ...stack(), token }, "POST", "/tasks", { title: "after" })).toBe(201);
    expect(await rows(stack())).toBe(26);
    // Not the restored samples: of now, by the exporter's restored role.
    await untilScrapedAfter(stack(), Date.now() / 1000, "postgres");
    expect(await value(stack(), 'min(pg_up{job="postgres"})')).toBe(1);
  });

  test("a backup with one byte changed is refused, and nothing is touched", async () => {
    const file = join(folder, "one", "postgres.dump");
    const bytes = await readFile(file);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(restore(join(folder, "one"), stepsOn(stack()))).rejects.toThrow(
      `${file} is not what was backed up: ${bytes.length} bytes, ${bytes.length} expected`,
    );
    expect(await rows(stack())).toBe(26);
  });

  test("a volume that belongs to somebody else ends the start with what to do", async () => {
    const inInit = async (script: string) =>
      expect(await runOnce(stack(), ["--entrypoint", "/bin/sh", "init", "-c", script])).toEqual({
        code: 0,
        output: "",
      });
    await inInit("mkdir -p /var/lib/grafana/theirs && chown -R 1234:1234 /var/lib/grafana");
    const { code, output } = await runOnce(stack(), ["init"]);
    expect(output).toContain(
      "the volume at /var/lib/grafana belongs to user 1234, but its service runs as 472 and could not write there",
    );
    expect(code).toBe(1);
    await inInit("rm -r /var/lib/grafana/theirs && chown 0:0 /var/lib/grafana");
    expect((await runOnce(stack(), ["init"])).code).toBe(0);
  });
});
