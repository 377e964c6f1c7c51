import { readdir, readFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { folderWith, sloHere } from "./testing/command.ts";
import { emptyPrometheus } from "./testing/empty-prometheus.ts";
import { runFile } from "./testing/files.ts";
import { type RunningServer, serveHttp } from "./testing/http.ts";

const OBJECTIVES = `service: api
objectives:
  - name: errors
    ratio: { bad: 'requests_total{code="500"}', total: requests_total, atMost: 1% }
  - name: queue
    query: { promql: 'max_over_time(queue_length[$phase])', atMost: 2 }
`;

const TOKEN = "t0ken-of-the-gate";
const PASSWORD = "p4ss word/of@us";
const HEADER = "k3y-of-the-tenant";
/** In every form that a server might repeat. */
const SECRETS = [
  TOKEN,
  PASSWORD,
  encodeURIComponent(PASSWORD),
  btoa(`me:${PASSWORD}`),
  HEADER,
  "fr0m-the-file",
  "fr0m-the-env",
];

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

/** Repeats in its answer all that it was sent, as badly kept gateways do. */
const repeating =
  (answer: (sent: string) => { status: number; headers?: Record<string, string>; body: string }): RequestListener =>
  async (request, response) => {
    const { status, headers = {}, body } = answer(`${JSON.stringify(request.headers)} ${await text(request)}`);
    response.writeHead(status, headers).end(body);
  };

const error = (errorType: string, said: string) => JSON.stringify({ status: "error", errorType, error: said });

const plain = (sent: string) => Object.values(JSON.parse(sent.slice(0, sent.lastIndexOf("}") + 1))).join(" ");

const SERVERS: Readonly<Record<string, RequestListener>> = {
  "that is healthy": emptyPrometheus(),
  "that refuses us": repeating((sent) => ({ status: 403, body: sent })),
  "that fails with HTML": repeating((sent) => ({ status: 502, body: `<html>${plain(sent)}` })),
  "that answers HTML": repeating((sent) => ({ status: 200, body: `<html>${plain(sent)}` })),
  "that answers other JSON": repeating((sent) => ({ status: 200, body: JSON.stringify({ status: sent }) })),
  "that fails in its own words": repeating((sent) => ({ status: 500, body: error("internal", plain(sent)) })),
  "that refuses the query": repeating((sent) => ({ status: 400, body: error("bad_data", plain(sent)) })),
  "that is too busy": repeating((sent) => ({ status: 429, body: plain(sent) })),
  "that redirects": repeating((sent) => ({
    status: 302,
    headers: {
      location: `https://me:${encodeURIComponent(PASSWORD)}@login.test/${encodeURI(plain(sent).slice(0, 100))}?${TOKEN}`,
    },
    body: "",
  })),
  "that warns": repeating((sent) => ({
    status: 200,
    body: JSON.stringify({ status: "success", warnings: [plain(sent)], data: { resultType: "vector", result: [] } }),
  })),
};

describe.each(Object.keys(SERVERS))("no secret is shown or written with a Prometheus %s", (name) => {
  it.each([
    ["a token file", ["--prometheus-token-file", "token.txt"], "", {}],
    ["a user in the address", [], `me:${encodeURIComponent(PASSWORD)}@`, {}],
    ["a user in the environment", [], "", { PROMETHEUS_USERNAME: "me", PROMETHEUS_PASSWORD: PASSWORD }],
  ])("by %s and headers", async (_what, flags, userinfo, env) => {
    const folder = await folderWith({
      "objectives.yaml": OBJECTIVES,
      "token.txt": TOKEN,
      "headers.txt": "X-From-File: fr0m-the-file",
      "run/run.json": JSON.stringify(runFile),
    });
    try {
      const server = await serveHttp(SERVERS[name] ?? (() => undefined));
      running.push(server);
      const outputs = ["json", "junit", "markdown"].flatMap((format) => ["--output", `${format}=run/out.${format}`]);
      const ran = await sloHere(
        [
          ...["check", "objectives.yaml", "--run", "run", "--wait", "0"],
          ...["--prometheus", server.url.replace("//", `//${userinfo}`)],
          ...["--header", `X-Tenant-Key: ${HEADER}`, "--header-file", "headers.txt"],
          ...flags,
          ...outputs,
        ],
        { cwd: folder.path, env: { PROMETHEUS_HEADERS: "X-From-Env: fr0m-the-env", SLO_DEBUG: "1", ...env } },
      );
      expect(ran.code).toBe(3);
      const written = await readdir(join(folder.path, "run"));
      expect(written.toSorted()).toEqual([
        "evidence.json",
        "judging.json",
        "out.json",
        "out.junit",
        "out.markdown",
        "report.json",
        "run.json",
      ]);
      const texts = await Promise.all(written.map((file) => readFile(join(folder.path, "run", file), "utf8")));
      const explained = await sloHere(["explain", "errors", "--run", "run"], { cwd: folder.path });
      for (const shown of [ran.stdout, ran.stderr, explained.stdout, explained.stderr, ...texts]) {
        for (const secret of SECRETS) expect(shown).not.toContain(secret);
      }
    } finally {
      await folder.remove();
    }
  });
});
