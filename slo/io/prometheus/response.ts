import { redact } from "./address.ts";
import { type Answered, readAnswer } from "./answer.ts";
import { type Conversation, PrometheusFault } from "./fault.ts";

/** An HTTP answer of whatever stands at the address; `body` is parsed JSON, or the text where that failed. */
export interface HttpAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: unknown;
}

const EXCERPT = 200;
const EXPENSIVE = /too many|too large|exceed|limit/i;

/** The result in an answer; throws a PrometheusFault that names what came instead of one. */
export function readResponse(answer: HttpAnswer, conversation: Conversation): Answered {
  const { address } = conversation;
  refuseTransport(answer, address);
  const error = prometheusError(answer.body);
  if (error !== undefined) throw faultOf(error, conversation);
  if (answer.status >= 500) {
    throw new PrometheusFault("server-error", `${address} answered ${answer.status}${excerpt(answer.body)}`);
  }
  if (answer.status < 200 || answer.status >= 300) {
    throw new PrometheusFault(
      "bad-answer",
      `${address} answered ${answer.status}, not a query's result: is it Prometheus, and is its path prefix part of the address?`,
    );
  }
  return readSuccess(answer.body, address);
}

function refuseTransport({ status, location, body }: HttpAnswer, address: string): void {
  if (status >= 300 && status < 400) {
    const to = location === undefined ? "elsewhere" : redact(location);
    throw new PrometheusFault(
      "redirected",
      `${address} redirects to ${to}; redirects are not followed: name the final address`,
    );
  }
  if (status === 401 || status === 403) {
    throw new PrometheusFault(
      "unauthorized",
      `${address} refused us with ${status}: give a token by --prometheus-token-file, user and password in PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD, or what else it wants by --header`,
    );
  }
  if (status === 400 && typeof body === "string" && /HTTPS (server|port)/i.test(body)) {
    throw new PrometheusFault("unreachable", `${address} speaks TLS: write https:// instead of http://`);
  }
  if (status === 413) throw new PrometheusFault("too-expensive", `${address} answered 413, the request is too large`);
  if (status === 429)
    throw new PrometheusFault("server-error", `${address} answered 429, too many requests${excerpt(body)}`);
}

function readSuccess(body: unknown, address: string): Answered {
  if (typeof body === "string") {
    const what = /^\s*</.test(body) ? "HTML or XML" : body.trim() === "" ? "nothing" : "text that is no whole JSON";
    throw new PrometheusFault("bad-answer", `${address} answered ${what}, not Prometheus' JSON${excerpt(body)}`);
  }
  const reading = readAnswer(body);
  switch (reading.kind) {
    case "answered":
      return complete(reading.answered, address);
    case "unreadable":
      throw new PrometheusFault("bad-answer", `${address} answered JSON that is not a query's result: ${reading.why}`);
    default: {
      const never: never = reading;
      return never;
    }
  }
}

function complete(answered: Answered, address: string): Answered {
  const [warning] = answered.warnings;
  if (warning !== undefined) {
    throw new PrometheusFault(
      "partial",
      `${address} warns that its answer may be incomplete: ${warning.slice(0, EXCERPT)}`,
    );
  }
  return answered;
}

interface PrometheusError {
  readonly errorType: string;
  readonly error: string;
}

function prometheusError(body: unknown): PrometheusError | undefined {
  if (typeof body !== "object" || body === null || !("status" in body) || body.status !== "error") return undefined;
  const errorType = "errorType" in body && typeof body.errorType === "string" ? body.errorType : "";
  const error = "error" in body && typeof body.error === "string" ? body.error : "no reason given";
  return { errorType, error };
}

function faultOf({ errorType, error }: PrometheusError, { address }: Conversation): PrometheusFault {
  const said = error.slice(0, 2 * EXCERPT);
  switch (errorType) {
    case "bad_data":
      return new PrometheusFault("bad-query", `Prometheus refuses the query: ${said}`);
    case "execution":
      return EXPENSIVE.test(error)
        ? new PrometheusFault(
            "too-expensive",
            `the query is too expensive for ${address}: ${said}; judge a shorter window, or select fewer series`,
          )
        : new PrometheusFault("bad-query", `Prometheus cannot evaluate the query: ${said}`);
    case "timeout":
    case "canceled":
      return new PrometheusFault("timeout", `${address} gave the query up: ${said}`);
    default:
      return new PrometheusFault("server-error", `${address} reports an error of its own: ${said}`);
  }
}

function excerpt(body: unknown): string {
  const text = (typeof body === "string" ? body : (JSON.stringify(body) ?? "")).replace(/\s+/g, " ").trim();
  if (text === "") return "";
  return `: ${text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text}`;
}
