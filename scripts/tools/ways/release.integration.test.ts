import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { download, fetchText } from "../download.ts";
import { TOOLS } from "../table.ts";
import { script } from "../testing/script.ts";
import { scratchFolder, withShop } from "../testing/workshop.ts";
import { machineOf } from "../workshop.ts";
import { release } from "./release.ts";

beforeEach(() => {
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  return () => vi.unstubAllEnvs();
});

const machine = machineOf(process.platform, process.arch);
const tool = TOOLS.prometheus;
const archive = tool.release.archive(machine);
const place = `/prometheus/prometheus/releases/download/${tool.release.tag}`;

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An archive as the project's release has it, with a program that prints a version. */
async function packed(): Promise<Buffer> {
  const folder = await scratchFolder();
  script(join(folder, tool.release.program(machine)), "prometheus, version 3.16.0 (x)");
  const [stem = ""] = tool.release.program(machine).split("/");
  execFileSync("tar", ["-czf", archive, stem], { cwd: folder });
  return readFileSync(join(folder, archive));
}

/** A mirror that gives `sent` for the archive, and the sum of `summed`. */
function mirror(sent: Buffer, summed: Buffer): Promise<string> {
  const sum = createHash("sha256").update(summed).digest("hex");
  return serve((request, response) => {
    if (request.url === `${place}/sha256sums.txt`) response.end(`${sum}  ${archive}\n`);
    else if (request.url === `${place}/${archive}`) response.end(sent);
    else response.writeHead(404).end();
  });
}

const fetchFrom = (base: string) => withShop((shop) => bringAndRead(shop), { TOOLS_RELEASE_BASE: base });

async function bringAndRead(shop: Parameters<typeof release>[1]) {
  const brought = await release(tool, shop, () => undefined);
  return brought.kind === "brought"
    ? { ...brought, prints: execFileSync(brought.file, { encoding: "utf8" }) }
    : brought;
}

describe("release", () => {
  test("brings the program of an archive whose sum is the published one", async () => {
    const bytes = await packed();
    const base = await mirror(bytes, bytes);
    expect(await fetchFrom(base)).toMatchObject({
      kind: "brought",
      prints: "prometheus, version 3.16.0 (x)\n",
      why: `${archive} of ${base}${place}, SHA-256 as published`,
    });
  });

  test("refuses an archive with one byte changed", async () => {
    const bytes = await packed();
    const bad = Buffer.from(bytes);
    bad[bad.length - 1] = (bad.at(-1) ?? 0) ^ 1;
    const base = await mirror(bad, bytes);
    const hash = (buffer: Buffer) => createHash("sha256").update(buffer).digest("hex");
    expect(await fetchFrom(base)).toEqual({
      kind: "missed",
      why: `${base}${place}/${archive} has SHA-256 ${hash(bad)}, published is ${hash(bytes)}: refused`,
    });
  });

  test("refuses sums that do not name the archive", async () => {
    const base = await serve((_request, response) => response.end("<html>sign in</html>"));
    expect(await fetchFrom(base)).toEqual({
      kind: "missed",
      why: `${base}${place}/sha256sums.txt does not name ${archive}`,
    });
  });

  test("goes on where there is no such release", async () => {
    const base = await serve((_request, response) => response.writeHead(404).end());
    expect(await fetchFrom(base)).toEqual({ kind: "missed", why: "Request failed with status code 404" });
  });

  test("downloads an archive once for the two tools in it", async () => {
    const bytes = await packed();
    const sum = createHash("sha256").update(bytes).digest("hex");
    const asked: string[] = [];
    const base = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end(request.url?.endsWith(".txt") ? `${sum}  ${archive}\n` : bytes);
    });
    const brought = await withShop(
      (shop) => Promise.all([tool, TOOLS.promtool].map((each) => release(each, shop, () => undefined))),
      { TOOLS_RELEASE_BASE: base },
    );
    // The archive of this test holds no promtool: tar says so, and that is all that is wrong with it.
    expect(brought.map(({ kind }) => kind)).toEqual(["brought", "missed"]);
    expect(asked).toEqual([`${place}/sha256sums.txt`, `${place}/${archive}`]);
  });
});

describe("download", () => {
  /** Milliseconds; only what a test is about comes soon, however slow the machine. */
  const patience = { answer: 60_000, stall: 60_000 };

  test("gives up on a server that never answers", async () => {
    const base = await serve(() => undefined);
    const host = new URL(base).host;
    await expect(fetchText(base, { patience: { ...patience, answer: 100 } })).rejects.toThrow(
      `${host} did not answer within 0.1 s`,
    );
  });

  test("gives up on a server that stops half-way", async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("half");
    });
    const file = join(await scratchFolder(), "file");
    const host = new URL(base).host;
    await expect(download(base, file, { patience: { ...patience, stall: 100 } })).rejects.toThrow(
      `${host} sent nothing for 0.1 s`,
    );
  });

  test("follows a redirect, as release pages answer", async () => {
    const base = await serve((request, response) => {
      if (request.url === "/moved") response.end("here");
      else response.writeHead(302, { location: "/moved" }).end();
    });
    expect(await fetchText(base, { patience })).toBe("here");
  });

  test("goes through the proxy that the environment names", async () => {
    const proxy = await serve((request, response) => response.end(`by proxy: ${request.url}`));
    vi.stubEnv("HTTP_PROXY", proxy);
    expect(await fetchText("http://release.test/sums", { patience })).toBe("by proxy: http://release.test/sums");
  });
});
