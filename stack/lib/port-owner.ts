import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

const LISTENING = "0A";

/** Who listens on this TCP port of this machine, as far as /proc tells; null elsewhere, and of other users' processes. */
export function portOwner(port: number): { readonly pid: number; readonly name: string } | null {
  const inodes = new Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeners(read(table), port)));
  if (inodes.size === 0) return null;
  const pid = numbers("/proc").find((each) => holds(each, inodes));
  return pid === undefined ? null : { pid, name: basename(target(`/proc/${pid}/exe`)) };
}

/** Inodes of the sockets that listen on the port, of a table as /proc/net/tcp. */
export function listeners(table: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === LISTENING)
    .flatMap((fields) => fields[9] ?? []);
}

function holds(pid: number, inodes: ReadonlySet<string>): boolean {
  return numbers(`/proc/${pid}/fd`).some((fd) => inodes.has(socketInode(target(`/proc/${pid}/fd/${fd}`))));
}

function socketInode(link: string): string {
  return /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? "";
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}

function numbers(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
