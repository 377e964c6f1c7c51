import { isSchemaMissing, isUnavailable } from "../db/errors.ts";
import { Problem } from "./problem.ts";

/** What Express and its body parser throw: an error with a status that is the client's to see. */
function clientStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return undefined;
  return error.status >= 400 && error.status < 500 ? error.status : undefined;
}

function isMalformedJson(error: unknown): boolean {
  return error instanceof Error && "type" in error && error.type === "entity.parse.failed";
}

/**
 * Says what went wrong in words a client may see. Nothing of an unknown error leaves the server.
 * @param error whatever a handler threw; kept as the problem's cause for the log
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isUnavailable(error)) {
    return new Problem("unavailable", {
      detail: "The database cannot be reached or is too busy; try again soon.",
      headers: { "Retry-After": "1" },
      cause: error,
    });
  }
  if (isSchemaMissing(error)) {
    const detail = "The database is not migrated yet; try again once it is.";
    return new Problem("unavailable", { detail, headers: { "Retry-After": "5" }, cause: error });
  }
  if (isMalformedJson(error)) {
    return new Problem("malformed-json", { detail: "The body is not valid JSON.", cause: error });
  }
  const status = clientStatus(error);
  switch (status) {
    case undefined:
      return new Problem("internal", {
        detail: "Something went wrong here; the request id finds it in the log.",
        cause: error,
      });
    case 413:
      return new Problem("payload-too-large", { detail: "The body may hold at most 64 KiB.", cause: error });
    case 415:
      return new Problem("unsupported-media-type", {
        detail:
          "The body's charset or encoding is not supported; send UTF-8 JSON, plain or compressed by gzip, deflate or br.",
        cause: error,
      });
    default:
      return new Problem("bad-request", { detail: "The request could not be read.", cause: error });
  }
}
