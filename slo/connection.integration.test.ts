import { createServer, type RequestListener } from "node:http";
import { request } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "./core/report.ts";
import { folderWith, type RunOptions, slo } from "./testing/command.ts";
import { emptyPrometheus } from "./testing/empty-prometheus.ts";
import { type RunningServer, serveHttp } from "./testing/http.ts";
import { startPrometheus } from "./testing/prometheus.ts";
import { authority, issued, serveHttps } from "./testing/tls.ts";

const OBJECTIVES = `service: api
objectives:
  - name: queue
    query: { promql: 'max_over_time(queue_length[$phase])', atMost: 2 }
`;
const CHECK = ["check", "objectives.yaml", "--format", "json", "--from", "1795365600", "--to", "1795365660"];

const ca = await authority("Test CA");
const stranger = await authority("Other CA");
const [server, expired, future, elsewhere, client, alien] = await Promise.all([
  issued(ca),
  issued(ca, { valid: [-2, -1] }),
  issued(ca, { valid: [1, 2] }),
  issued(ca, { names: ["elsewhere.test"] }),
  issued(ca, { client: true }),
  issued(stranger, { client: true }),
]);

const open: { folder?: Awaited<ReturnType<typeof folderWith>> } = {};
let folder = "";
beforeAll(async () => {
  open.folder = await folderWith({
    "objectives.yaml": OBJECTIVES,
    "ca.pem": ca.cert,
    "stranger.pem": stranger.cert,
    "client.pem": client.cert,
    "client.key": client.key,
    "alien.pem": alien.cert,
    "alien.key": alien.key,
    "headers.txt": "# For the gateway\n\nX-From-File: f1le-secret\nX-Twice: from the file\n",
  });
  folder = open.folder.path;
});
afterAll(() => open.folder?.remove());

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

async function keep(starting: Promise<RunningServer>): Promise<string> {
  const started = await starting;
  running.push(started);
  return started.url;
}

const https = (options: Parameters<typeof serveHttps>[0], listener: RequestListener = emptyPrometheus()) =>
  keep(serveHttps(options, listener));

async function reasonOf(url: string, flags: readonly string[], env: RunOptions["env"] = {}): Promise<string> {
  const ran = await slo([...CHECK, "--prometheus", url, ...flags], { cwd: folder, env });
  expect(ran.stderr).not.toMatch(/\bat .*\.[jt]s:/);
  if (ran.stdout === "") return `${ran.code} ${ran.stderr}`;
  const { objectives } = JSON.parse(ran.stdout) as Report;
  const reason = objectives[0]?.reason;
  return `${ran.code} ${reason?.code}: ${reason?.text}`;
}

const reached = /^3 no-series: /;

describe("TLS", () => {
  it("trusts the authority that is named, by flag, by environment and beside Node's own", async () => {
    const url = await https(server);
    expect(await reasonOf(url, ["--ca", "ca.pem"])).toMatch(reached);
    expect(await reasonOf(url, [], { PROMETHEUS_CA: "ca.pem" })).toMatch(reached);
    expect(await reasonOf(url, [], { NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") })).toMatch(reached);
    expect(await reasonOf(url, [], { PROMETHEUS_CA: "" })).toMatch(/^3 unreachable: .*name its authority by --ca FILE/);
  });

  it.each([
    ["nobody's authority", server, [], /is signed by nobody who is trusted here \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/],
    ["another authority", server, ["--ca", "stranger.pem"], /is signed by nobody who is trusted here/],
    ["an expired certificate", expired, ["--ca", "ca.pem"], /has expired: have it renewed$/],
    ["a future certificate", future, ["--ca", "ca.pem"], /is not valid yet: is a clock wrong\?$/],
    [
      "a certificate for another host",
      elsewhere,
      ["--ca", "ca.pem"],
      /is for another host \(IP: 127\.0\.0\.1 is not in the cert's list:\): use a name/,
    ],
  ])("does not talk under %s", async (_what, identity, flags, text) => {
    let asked = false;
    const url = await https(identity, (_request, response) => {
      asked = true;
      response.end();
    });
    const reason = await reasonOf(url, flags);
    expect(reason).toMatch(/^3 unreachable: cannot reach Prometheus at https:\/\/127\.0\.0\.1:\d+: its certificate/);
    expect(reason).toMatch(text);
    expect(asked).toBe(false);
  });

  it("shows the client's certificate where one is wanted", async () => {
    const url = await https({ ...server, ca: ca.cert, requestCert: true, rejectUnauthorized: true });
    const by = (name: string) => ["--ca", "ca.pem", "--cert", `${name}.pem`, "--key", `${name}.key`];
    expect(await reasonOf(url, by("client"))).toMatch(reached);
    const env = { PROMETHEUS_CA: "ca.pem", PROMETHEUS_CERT: "client.pem", PROMETHEUS_KEY: "client.key" };
    expect(await reasonOf(url, [], env)).toMatch(reached);
    expect(await reasonOf(url, ["--ca", "ca.pem"])).toMatch(/^3 unreachable: /);
    expect(await reasonOf(url, by("alien"))).toMatch(/^3 unreachable: /);
  });

  it("says which of http and https it should have been", async () => {
    const plain = await keep(serveHttp(emptyPrometheus()));
    expect(await reasonOf(plain.replace("http:", "https:"), [])).toMatch(/is it http:\/\/ rather than https:\/\/\?$/);
  });
});

describe("headers", () => {
  it("come from the environment, a file and flags, the nearest first", async () => {
    const seen: NodeJS.Dict<string | string[]>[] = [];
    const answer = emptyPrometheus();
    const url = await keep(
      serveHttp((request, response) => {
        seen.push(request.headers);
        answer(request, response);
      }),
    );
    const flags = ["--header-file", "headers.txt", "--header", "x-twice: from the flag", "--header", "X-Colon: a: b"];
    const env = { PROMETHEUS_HEADERS: "X-Scope-OrgID: team-a\nX-Twice: from the environment\n", PROMETHEUS_TOKEN: "" };
    expect(await reasonOf(url, flags, env)).toMatch(reached);
    expect(seen.length).toBeGreaterThan(1);
    for (const headers of seen) {
      expect(headers).toMatchObject({
        "x-scope-orgid": "team-a",
        "x-from-file": "f1le-secret",
        "x-twice": "from the flag",
        "x-colon": "a: b",
      });
      expect(headers).not.toHaveProperty("authorization");
    }
  });

  it("never follow a redirect to another host", async () => {
    const asked: string[] = [];
    const other = await keep(
      serveHttp((request, response) => {
        asked.push(request.url ?? "");
        response.end();
      }),
    );
    const url = await https(server, (_request, response) => {
      response.writeHead(307, { location: `${other}/api/v1/query` }).end();
    });
    const reason = await reasonOf(url.replace("//", "//me:p4ssword@"), [
      "--ca",
      "ca.pem",
      "--header",
      "X-Key: k3y-of-ours",
    ]);
    expect(reason).toMatch(
      /^3 redirected: .* redirects to http:\/\/127\.0\.0\.1:\d+\/api\/v1\/query; redirects are not followed/,
    );
    expect(asked).toEqual([]);
  });

  it("go through the tunnel of a proxy to the server alone, certificate checked", async () => {
    const named = await issued(ca, { names: ["prometheus.test"] });
    const url = await https(named);
    const port = new URL(url).port;
    const connects: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      connects.push(`${request.url} ${JSON.stringify(request.headers)}`);
      const onward = connect(Number(port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      onward.on("error", () => socket.destroy());
      socket.on("error", () => onward.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    try {
      const env = {
        HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
        NO_PROXY: "",
        no_proxy: "",
      };
      const header = ["--header", "X-Key: k3y-of-ours"];
      const address = `https://prometheus.test:${port}`;
      expect(await reasonOf(address, ["--ca", "ca.pem", ...header], env)).toMatch(reached);
      expect(await reasonOf(address, ["--ca", "stranger.pem", ...header], env)).toMatch(
        /^3 unreachable: .*its certificate/,
      );
      expect(connects.length).toBeGreaterThan(1);
      for (const line of connects) {
        expect(line).toMatch(new RegExp(`^prometheus\\.test:${port} `));
        expect(line).not.toContain("k3y-of-ours");
      }
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});

describe("a real Prometheus behind TLS and a password", () => {
  /** bcrypt of `horse-battery-staple`. */
  const HASH = "$2b$05$abcdefghijklmnopqrstuu29AC5W15NDxGcxPgyR.N.h0g5oixrua";
  const PASSWORD = "horse-battery-staple";

  const ready = (url: string) =>
    new Promise<boolean>((resolve, reject) => {
      const asked = request(
        `${url}/-/ready`,
        { ca: ca.cert, cert: client.cert, key: client.key, auth: `me:${PASSWORD}` },
        (response) => {
          response.resume();
          resolve(response.statusCode === 200);
        },
      );
      asked.once("error", reject);
      asked.end();
    });

  it("is asked with all of them, and names what is missing", async () => {
    const files = await folderWith({ "server.pem": server.cert, "server.key": server.key, "ca.pem": ca.cert });
    const webConfig = JSON.stringify({
      tls_server_config: {
        cert_file: join(files.path, "server.pem"),
        key_file: join(files.path, "server.key"),
        client_auth_type: "RequireAndVerifyClientCert",
        client_ca_file: join(files.path, "ca.pem"),
      },
      basic_auth_users: { me: HASH },
    });
    const prometheus = await startPrometheus([], "1s", { guarded: { webConfig, ready } });
    try {
      const { url } = prometheus;
      const tls = ["--ca", "ca.pem", "--cert", "client.pem", "--key", "client.key"];
      const user = { PROMETHEUS_USERNAME: "me", PROMETHEUS_PASSWORD: PASSWORD };
      expect(await reasonOf(url, tls, user)).toMatch(reached);
      expect(await reasonOf(url.replace("//", `//me:${PASSWORD}@`), tls)).toMatch(reached);
      const basic = `Basic ${btoa(`me:${PASSWORD}`)}`;
      expect(await reasonOf(url, tls, { PROMETHEUS_HEADERS: `Authorization: ${basic}` })).toMatch(reached);
      expect(await reasonOf(url, tls, { ...user, PROMETHEUS_PASSWORD: "guessed" })).toMatch(
        /^3 unauthorized: .* refused us with 401: give a token/,
      );
      expect(await reasonOf(url, ["--ca", "ca.pem"], user)).toMatch(
        /^3 unreachable: .*it wants a client's certificate/,
      );
      const alien = ["--ca", "ca.pem", "--cert", "alien.pem", "--key", "alien.key"];
      expect(await reasonOf(url, alien, user)).toMatch(/^3 unreachable: .*does not accept our client certificate/);
      expect(await reasonOf(url.replace("https:", "http:"), [], user)).toMatch(
        /speaks TLS: write https:\/\/ instead of http:\/\//,
      );
    } finally {
      await prometheus.stop();
      await files.remove();
    }
  });
});
