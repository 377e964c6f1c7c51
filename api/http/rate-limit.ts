import type { Request, RequestHandler, Response } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import type { Tokens } from "../auth/tokens.ts";
import { Problem } from "./problem.ts";

/**
 * Limits each valid token, and each client address that has none. A token never seen before counts for its address
 * until it is proven, so that guessing tokens is limited as well.
 * @param perMinute requests a minute
 * @param limited told for each refused request
 */
export function limitRate(perMinute: number, tokens: Tokens, limited: (request: Request) => void): RequestHandler {
  const keyOf = (request: Request, response: Response): string => {
    const credentials = response.locals.credentials;
    if (credentials?.kind === "token" && tokens.remembers(credentials.key)) return credentials.key;
    return ipKeyGenerator(request.ip ?? "unknown");
  };
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: "draft-7",
    legacyHeaders: false,
    keyGenerator: keyOf,
    // A forwarded header that nobody asked us to trust is ignored, not an error.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (request, _response, next) => {
      limited(request);
      next(new Problem("rate-limited", { detail: `At most ${perMinute} requests a minute; see Retry-After.` }));
    },
  });
}
