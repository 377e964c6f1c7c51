import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningLog, startAlertLog } from "./testing/alert-log.ts";
import { until } from "./testing/process.ts";

const alert = {
  status: "firing",
  labels: { alertname: "ApiDown", severity: "page", job: "api" },
  annotations: { summary: "No replica answers", description: "None.", runbook: "docs/runbooks/ApiDown.md" },
  startsAt: "2026-11-23T00:00:00Z",
  endsAt: "0001-01-01T00:00:00Z",
};
const notification = { version: "4", receiver: "page", status: "firing", alerts: [alert] };

const open: { log?: RunningLog } = {};
let log: RunningLog;
beforeEach(async () => {
  log = await startAlertLog();
  open.log = log;
});
afterEach(async () => {
  await open.log?.stop("SIGKILL");
});

async function post(body: string | Uint8Array<ArrayBuffer>): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${log.url}/`, { method: "POST", body });
  return { status: answer.status, body: await answer.json() };
}

const mutated = (changes: object) => JSON.stringify({ ...notification, alerts: [{ ...alert, ...changes }] });

/** What comes back for bytes that are no proper request. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(log.url).port), "127.0.0.1");
  socket.end(bytes);
  return await text(socket);
}

describe("what arrives", () => {
  it("is one line of JSON each on stdout, and shown at /alerts", async () => {
    const resolved = { ...alert, status: "resolved", endsAt: "2026-11-23T00:05:00Z" };
    const sent = await post(JSON.stringify({ ...notification, alerts: [alert, resolved] }));
    expect(sent).toEqual({ status: 200, body: { alerts: 2 } });
    const lines = await until("two lines", () => {
      const all = log.said.stdout.trimEnd().split("\n");
      return all.length === 2 ? all : undefined;
    });
    const firing = {
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      status: "firing",
      alert: "ApiDown",
      severity: "page",
      receiver: "page",
      startsAt: "2026-11-23T00:00:00Z",
      endsAt: null,
      summary: "No replica answers",
      description: "None.",
      runbook: "docs/runbooks/ApiDown.md",
      labels: { alertname: "ApiDown", severity: "page", job: "api" },
    };
    const expected = [firing, { ...firing, status: "resolved", endsAt: "2026-11-23T00:05:00Z" }];
    expect(lines.map((line) => JSON.parse(line))).toEqual(expected);
    expect(await log.alerts()).toEqual(expected);
  });

  it("of 250 the last 200 are kept", async () => {
    const many = Array.from({ length: 250 }, (_, index) => ({ ...alert, labels: { alertname: `A${index}` } }));
    expect((await post(JSON.stringify({ ...notification, alerts: many }))).status).toBe(200);
    const kept = await log.alerts();
    expect([kept.length, kept[0]?.alert, kept.at(-1)?.alert]).toEqual([200, "A50", "A249"]);
  });

  it("does nothing to a terminal, nor to the line it stands in", async () => {
    const odd = "a\u001b[2J\u0007\r\nb\u202ec\u0085d";
    await post(mutated({ labels: { alertname: odd, "x\u001b": odd }, annotations: { summary: "s".repeat(5000) } }));
    await until("a line", () => (log.said.stdout.includes("\n") ? true : undefined));
    // By their numbers, since a pattern may hold no control characters.
    const codes = [...log.said.stdout.trimEnd()].map((character) => character.codePointAt(0) ?? 0);
    expect(codes.filter((code) => code < 32 || (code > 126 && code < 160) || code === 0x202e)).toEqual([]);
    const [one] = await log.alerts();
    expect(one?.alert).toBe("a [2J b c d");
    expect(one?.summary).toHaveLength(2001);
  });

  it("may lack annotations and have an address for its runbook", async () => {
    await post(mutated({ annotations: undefined }));
    await post(mutated({ annotations: { runbook_url: "https://wiki/ApiDown", runbook: "x" } }));
    expect((await log.alerts()).map(({ runbook }) => runbook)).toEqual(["", "https://wiki/ApiDown"]);
  });
});

describe("garbage", () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ["no JSON", "{", "the body is not JSON"],
    ["nothing", "", "the body is not JSON"],
    ["no object", "[]", "the notification is not an object"],
    ["null", "null", "the notification is not an object"],
    ["no alerts", "{}", "the notification has no list `alerts`"],
    ["alerts that are none", '{"alerts":[1]}', "alerts[0] is not an object"],
    ["another status", mutated({ status: "ok" }), "alerts[0].status is neither firing nor resolved"],
    ["no labels", mutated({ labels: null }), "alerts[0].labels is not an object"],
    ["a list of annotations", mutated({ annotations: [] }), "alerts[0].annotations is not an object"],
    [
      "labels without end",
      mutated({ labels: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`l${index}`, ""])) }),
      "alerts[0].labels has more than 100 entries",
    ],
    [
      "alerts without end",
      JSON.stringify({ alerts: Array.from({ length: 1001 }, () => 0) }),
      "more than 1000 alerts in one notification",
    ],
    ["no UTF-8", Uint8Array.of(0x22, 0xff, 0x22), "the body is not UTF-8"],
  ])("%s is refused, and nothing is logged", async (_what, body, error) => {
    expect(await post(body)).toEqual({ status: 400, body: { error } });
    expect(await log.alerts()).toEqual([]);
    expect(log.said.stdout).toBe("");
  });

  it("odd values inside an alert are texts, not a crash", async () => {
    expect((await post(mutated({ labels: { alertname: 7, deep: { a: [1] }, none: null }, startsAt: 3 }))).status).toBe(
      200,
    );
    expect((await log.alerts())[0]?.labels).toEqual({ alertname: "7", deep: '{"a":[1]}', none: "" });
    expect((await post('{"alerts":[{"status":"firing","labels":{"__proto__":"x","constructor":"y"}}]}')).status).toBe(
      200,
    );
  });

  it("a body beyond its bounds is refused before it is whole", async () => {
    const answer = await raw(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n${"x".repeat(1024 * 1024 + 1)}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain("more than 1048576 bytes");
  });

  it("what is no HTTP gets 400, and a client that breaks off is no harm", async () => {
    expect(await raw("what\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    await raw("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
    expect((await fetch(`${log.url}/healthz`)).status).toBe(200);
  });
});

describe("addresses", () => {
  it.each([
    ["GET", "/healthz", 200],
    ["HEAD", "/healthz", 200],
    ["GET", "/healthz?x=1", 200],
    ["POST", "/healthz", 405],
    ["DELETE", "/alerts", 405],
    ["GET", "/", 405],
    ["GET", "/metrics", 404],
  ])("%s %s: %i", async (method, path, status) => {
    expect((await fetch(`${log.url}${path}`, { method })).status).toBe(status);
  });
});

describe("its end", () => {
  it("comes by SIGTERM, at once, with 0, whoever is still connected", async () => {
    const socket = connect(Number(new URL(log.url).port), "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
    socket.on("error", () => undefined);
    await fetch(`${log.url}/healthz`);
    expect(await log.stop("SIGTERM")).toBe(0);
    socket.destroy();
  });

  it("goes on when nobody reads its output any more", async () => {
    log.child.stdout?.destroy();
    expect((await post(JSON.stringify(notification))).status).toBe(200);
    expect((await post(JSON.stringify(notification))).status).toBe(200);
    expect(await log.alerts()).toHaveLength(2);
  });
});
