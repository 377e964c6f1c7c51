import { randomInt } from "node:crypto";
import getPort from "get-port";

/**
 * A free port of 127.0.0.1, below those that kernels hand out by themselves: nobody gets it before it is used, nor while
 * what used it is started again.
 */
export function freePort(): Promise<number> {
  return getPort({ host: "127.0.0.1", port: Array.from({ length: 20 }, () => randomInt(15_000, 30_000)) });
}
