import { randomUUID } from "node:crypto";

const acceptable = /^[\w.:~+/=-]{1,128}$/;

/** The caller's id if it is harmless in headers and logs, else a new one. */
export function requestId(header: string | string[] | undefined): string {
  return typeof header === "string" && acceptable.test(header) ? header : randomUUID();
}
