// A webhook for Alertmanager that writes each alert that arrives as one line of JSON to stdout: `node alert-log.mjs`.
// One file and no dependency, so that a container needs nothing but Node and this.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

/** Bytes of a notification; Alertmanager's own are some kilobytes. */
const MOST_BYTES = 1024 * 1024;
/** Characters of one text: a label or an annotation. */
const LONGEST = 2000;
/** Alerts of one notification, and labels of one alert. */
const MOST_ALERTS = 1000;
const MOST_LABELS = 100;
const KEPT = 200;

/**
 * One alert that arrived.
 * @typedef {{ at: string, status: "firing" | "resolved", alert: string, severity: string, receiver: string,
 *   startsAt: string, endsAt: string | null, summary: string, description: string, runbook: string,
 *   labels: Record<string, string> }} Arrival
 */

/** What is wrong with a notification, for whoever sent it. */
class Refused extends Error {}

/**
 * The alerts of a notification (Alertmanager's webhook, version 4). Throws Refused where it is none.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 * @param {string} text the body
 * @param {Date} now
 * @returns {Arrival[]}
 */
function readNotification(text, now) {
  const said = parse(text);
  if (!isRecord(said)) throw new Refused("the notification is not an object");
  if (!Array.isArray(said.alerts)) throw new Refused("the notification has no list `alerts`");
  if (said.alerts.length > MOST_ALERTS) throw new Refused(`more than ${MOST_ALERTS} alerts in one notification`);
  const receiver = clean(said.receiver);
  return said.alerts.map((one, index) => readAlert(one, index, receiver, now));
}

/** @returns {unknown} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused("the body is not JSON");
  }
}

function readAlert(one, index, receiver, now) {
  const where = `alerts[${index}]`;
  if (!isRecord(one)) throw new Refused(`${where} is not an object`);
  const { status } = one;
  if (status !== "firing" && status !== "resolved") throw new Refused(`${where}.status is neither firing nor resolved`);
  const labels = readTexts(one.labels, `${where}.labels`);
  const annotations = readTexts(one.annotations ?? {}, `${where}.annotations`);
  return {
    at: now.toISOString(),
    status,
    alert: labels.alertname ?? "",
    severity: labels.severity ?? "",
    receiver,
    startsAt: clean(one.startsAt),
    endsAt: status === "resolved" ? clean(one.endsAt) : null,
    summary: annotations.summary ?? "",
    description: annotations.description ?? "",
    runbook: annotations.runbook_url ?? annotations.runbook ?? "",
    labels,
  };
}

function readTexts(given, where) {
  if (!isRecord(given)) throw new Refused(`${where} is not an object`);
  const pairs = Object.entries(given);
  if (pairs.length > MOST_LABELS) throw new Refused(`${where} has more than ${MOST_LABELS} entries`);
  return Object.fromEntries(pairs.map(([name, value]) => [clean(name), clean(value)]));
}

/** @returns {given is Record<string, unknown>} */
function isRecord(given) {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/** A text that does nothing to a terminal: no control or direction character, and not without end. */
function clean(given) {
  const text = typeof given === "string" ? given : given === undefined || given === null ? "" : JSON.stringify(given);
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/**
 * The server. `write` gets one line an alert.
 * @param {{ write: (line: string) => unknown, now?: () => Date }} options
 */
function createAlertLog({ write, now = () => new Date() }) {
  /** @type {Arrival[]} */
  const kept = [];

  const take = (text) => {
    const arrived = readNotification(text, now());
    for (const one of arrived) write(`${JSON.stringify(one)}\n`);
    kept.push(...arrived);
    kept.splice(0, Math.max(0, kept.length - KEPT));
    return arrived.length;
  };

  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    answer(request, response, { kept, take }).catch(() => response.destroy());
  });
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    else socket.destroy();
  });
  return server;
}

async function answer(request, response, { kept, take }) {
  const path = (request.url ?? "/").split("?")[0];
  const reading = request.method === "GET" || request.method === "HEAD";
  if (path === "/healthz") return reading ? send(response, 200, { status: "ok" }) : refuse(response, 405, "GET only");
  if (path === "/alerts") return reading ? send(response, 200, kept) : refuse(response, 405, "GET only");
  if (path !== "/") return refuse(response, 404, "there is /, /alerts and /healthz");
  if (request.method !== "POST") return refuse(response, 405, "alerts come by POST; /alerts shows them");
  try {
    const body = await read(request);
    if (body === null) return refuse(response, 413, `more than ${MOST_BYTES} bytes`);
    return send(response, 200, { alerts: take(body) });
  } catch (error) {
    if (error instanceof Refused) return refuse(response, 400, error.message);
    throw error;
  }
}

/** The body as text; null where it is longer than it may be. */
async function read(request) {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > MOST_BYTES) return null;
    pieces.push(piece);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    throw new Refused("the body is not UTF-8");
  }
}

function refuse(response, status, error) {
  // What is left of the body is nothing to wait for.
  response.setHeader("connection", "close");
  return send(response, status, { error });
}

function send(response, status, body) {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
}

function main() {
  const port = Number(process.env.PORT ?? 8080);
  const server = createAlertLog({ write: (line) => process.stdout.write(line) });
  // Whoever reads stdout may go away; alerts are still taken and shown at /alerts.
  process.stdout.on("error", () => undefined);
  server.on("error", (error) => {
    process.stderr.write(`alert-log: ${error.message}\n`);
    process.exitCode = 1;
  });
  server.listen(port, process.env.HOST ?? "0.0.0.0", () => {
    process.stderr.write(`alert-log: listening on port ${server.address()?.port ?? port}\n`);
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
