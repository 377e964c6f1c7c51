import { readFileSync } from "node:fs";
import type { Account } from "./household.ts";

const NOBODY: Account = { uid: 65534, gid: 65534 };

/** Whom PostgreSQL runs as: it refuses root, so for root the user `nobody`; null for everyone else, as themselves. */
export function postgresAccount(): Account | null {
  return process.getuid?.() === 0 ? nobody() : null;
}

function nobody(): Account {
  try {
    return parseNobody(readFileSync("/etc/passwd", "utf8")) ?? NOBODY;
  } catch {
    return NOBODY;
  }
}

export function parseNobody(passwd: string): Account | null {
  const found = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd);
  return found === null ? null : { uid: Number(found[1]), gid: Number(found[2]) };
}
