import { Agent } from "node:https";
import type { AxiosResponse, InternalAxiosRequestConfig } from "axios";
import { PrometheusDriver } from "prometheus-query";
import { isLoopback, type PrometheusAddress } from "./address.ts";
import type { Answered } from "./answer.ts";
import { type Conversation, connectionFault, PrometheusFault } from "./fault.ts";
import { readResponse } from "./response.ts";
import { scrubbed, secretsOf } from "./secrets.ts";
import type { Tls } from "./tls.ts";

/** Evaluates its own `time` and nothing else; sent without a time, so that Prometheus tells its clock. */
export const CLOCK_QUERY = "time()";

/** Largest answer taken, in bytes: room for 20 series of a scrape a second over a day. */
const MAX_ANSWER = 128 * 1024 * 1024;

export interface ClientOptions {
  readonly address: PrometheusAddress;
  /** Seconds one request may take, from the first byte to the last. */
  readonly timeout: number;
  /** Ends every request, the running ones too. */
  readonly signal?: AbortSignal | undefined;
}

/** Our own face of Prometheus; the only one who knows `prometheus-query` and `axios`. */
export interface PrometheusClient {
  /** Without credentials. */
  readonly address: string;
  /**
   * Instant query at `at` (unix seconds, kept to the millisecond); `lookback` in seconds, or Prometheus' own. Rejects
   * with PrometheusFault, nothing else.
   */
  readonly query: (promql: string, at: number, lookback?: number) => Promise<Answered>;
  /** Of the server, where it tells one. Never rejects. */
  readonly version: () => Promise<string | null>;
}

export function createClient({ address, timeout, signal }: ClientOptions): PrometheusClient {
  const conversation: Conversation = { address: address.url, timeout };
  const headers = Object.fromEntries(address.headers.map(({ name, value }) => [name, value]));
  const secrets = secretsOf(address);
  const agent = address.tls === null ? undefined : agentOf(address.tls);
  // The driver cannot send a lookback, so each request carries its own through the interceptor.
  const driver = (lookback?: number) =>
    new PrometheusDriver({
      endpoint: address.url,
      preferPost: true,
      timeout: timeout * 1000,
      headers,
      requestInterceptor: {
        onFulfilled: (config) => hardened(config, { url: address.url, timeout, signal, lookback, agent }),
      },
      responseInterceptor: {
        onFulfilled: (response) => normalised(response, conversation),
        onRejected: (error: unknown) => {
          throw signal?.aborted === true ? interrupted() : networkFault(error, conversation);
        },
      },
    });
  return {
    address: address.url,
    query: async (promql, at, lookback) => {
      try {
        const { result } = await driver(lookback).instantQuery(promql, new Date(Math.round(at * 1000)));
        return result[0] as Answered;
      } catch (thrown) {
        const { code, message } = originalFault(thrown, conversation);
        throw new PrometheusFault(code, scrubbed(message, secrets));
      }
    },
    version: async () => {
      const told: unknown = await driver()
        .statusBuildinfo()
        .catch(() => null);
      return versionOf(told);
    },
  };
}

/** Of a `status/buildinfo` answer: what speaks Prometheus' language may have none, or say anything. */
function versionOf(told: unknown): string | null {
  if (typeof told !== "object" || told === null || !("version" in told)) return null;
  const { version } = told;
  return typeof version === "string" && /^[\w.+-]{1,40}$/.test(version) ? version : null;
}

interface Hardening {
  readonly url: string;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly lookback: number | undefined;
  readonly agent: Agent | undefined;
}

function agentOf({ ca, client }: Tls): Agent {
  return new Agent({ keepAlive: true, ...(ca === null ? {} : { ca }), ...(client ?? {}) });
}

function hardened(config: InternalAxiosRequestConfig, hardening: Hardening): InternalAxiosRequestConfig {
  const { url, timeout, signal, lookback, agent } = hardening;
  const body: unknown = config.data;
  if (body instanceof URLSearchParams && body.get("query") === CLOCK_QUERY) body.delete("time");
  if (body instanceof URLSearchParams && lookback !== undefined) body.set("lookback_delta", `${lookback}`);
  // On one machine squeezing an answer costs more than carrying it.
  if (isLoopback(url)) config.headers.set("Accept-Encoding", "identity");
  const deadline = AbortSignal.timeout(timeout * 1000);
  return {
    ...config,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER,
    validateStatus: () => true,
    signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
    ...(isLoopback(url) ? { proxy: false } : {}),
    ...(agent === undefined ? {} : { httpsAgent: agent }),
  };
}

/**
 * The driver would make NaN of `+Inf`, lose the warnings and build an object a sample. It passes results of type
 * "scalar" through untouched, so ours travels as one.
 */
function normalised(response: AxiosResponse, conversation: Conversation): AxiosResponse {
  if (response.config.url?.endsWith("buildinfo") === true) return response;
  const location: unknown = response.headers.location;
  const answered = readResponse(
    { status: response.status, location: typeof location === "string" ? location : undefined, body: response.data },
    conversation,
  );
  return { ...response, data: { status: "success", data: { resultType: "scalar", result: [answered] } } };
}

/** `prometheus-query` has its own copy of axios, which is not loaded twice only to recognise its errors. */
function networkFault(error: unknown, conversation: Conversation): PrometheusFault {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  return connectionFault(conversation, { code, message: error instanceof Error ? error.message : String(error) });
}

/** The driver wraps whatever the interceptors throw into a plain object; `original` is ours. */
function originalFault(thrown: unknown, conversation: Conversation): PrometheusFault {
  const original = typeof thrown === "object" && thrown !== null && "original" in thrown ? thrown.original : thrown;
  if (original instanceof PrometheusFault) return original;
  const message = original instanceof Error ? original.message : JSON.stringify(original);
  return new PrometheusFault("bad-answer", `${conversation.address} answered what cannot be read: ${message}`);
}

function interrupted(): PrometheusFault {
  return new PrometheusFault("interrupted", "interrupted before Prometheus had answered");
}
