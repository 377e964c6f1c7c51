import type { Request, RequestHandler, Response } from "express";
import { Problem } from "../http/problem.ts";
import { readCredentials } from "./credentials.ts";
import type { Tokens } from "./tokens.ts";

export const authFailureReasons = ["missing", "malformed", "unknown", "expired"] as const;
export type AuthFailureReason = (typeof authFailureReasons)[number];

const details: Record<AuthFailureReason, string> = {
  missing: "Send a token: Authorization: Bearer <token>.",
  malformed: "The Authorization header is not of the form: Bearer <token>.",
  unknown: "The token is not known here.",
  expired: "The token has expired.",
};

function unauthorized(reason: AuthFailureReason): Problem {
  // RFC 6750: no error code where no credentials were sent.
  const error = reason === "missing" ? "" : `, error="${reason === "malformed" ? "invalid_request" : "invalid_token"}"`;
  return new Problem("unauthorized", {
    detail: details[reason],
    headers: { "WWW-Authenticate": `Bearer realm="task-api"${error}` },
  });
}

/** Reads who is asking, without checking it: the rate limit comes between, so that guesses are limited too. */
export const identify: RequestHandler = (request: Request, response: Response, next) => {
  response.locals.credentials = readCredentials(request.headers.authorization);
  next();
};

/** Lets only holders of a valid token pass. */
export function authenticate(tokens: Tokens, failed: (reason: AuthFailureReason) => void): RequestHandler {
  const refuse = (reason: AuthFailureReason): never => {
    failed(reason);
    throw unauthorized(reason);
  };
  return (_request: Request, response: Response, next) => {
    const credentials = response.locals.credentials ?? { kind: "missing" };
    if (credentials.kind !== "token") return refuse(credentials.kind);
    if (tokens.remembers(credentials.key)) return next();
    return tokens.check(credentials.key).then((state) => {
      if (state.kind !== "valid") return refuse(state.kind);
      next();
    });
  };
}
