import express, { type Express } from "express";
import type { Log } from "../log.ts";
import { answerProblems, notFound, requireHost } from "./errors.ts";
import { type HttpObserver, observe } from "./observe.ts";
import { createRouter, type Endpoint, type Guards } from "./routes.ts";

export interface AppParts {
  endpoints: Endpoint[];
  guards: Guards;
  observer: HttpObserver;
  /** Told the route of each request that does not meet its schema. */
  invalid: (route: string) => void;
  log: Log;
  draining: () => boolean;
  /** How many proxies in front may be believed about the client's address. */
  trustedProxies: number;
}

/** The public application. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.set("trust proxy", parts.trustedProxies);
  app.set("query parser", "simple");
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(observe(parts.observer, parts.log, parts.draining));
  app.use(requireHost);
  app.use(createRouter(parts.endpoints, parts.guards));
  app.use(notFound);
  app.use(answerProblems(parts.invalid));
  return app;
}
