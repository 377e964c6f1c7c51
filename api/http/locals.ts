import type { Credentials } from "../auth/credentials.ts";

declare global {
  namespace Express {
    /** What travels with a request, on `response.locals`. */
    interface Locals {
      requestId: string;
      credentials?: Credentials;
      /** What a 5xx is due to, for the log. */
      failure?: unknown;
    }
  }
}
