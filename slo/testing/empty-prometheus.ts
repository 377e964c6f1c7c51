import type { RequestListener } from "node:http";
import { text } from "node:stream/consumers";

/** Answers as a Prometheus with nothing in it, but for what `odd` says of a query. */
export function emptyPrometheus(odd: (query: string) => string | undefined = () => undefined): RequestListener {
  return async (request, response) => {
    const query = new URLSearchParams(await text(request)).get("query") ?? "";
    const now = Date.now() / 1000;
    const type = query.includes("[") && !query.includes("(") ? "matrix" : "vector";
    const usual = {
      status: "success",
      data:
        query === "time()" ? { resultType: "scalar", result: [now, String(now)] } : { resultType: type, result: [] },
    };
    response.end(odd(query) ?? JSON.stringify(usual));
  };
}
