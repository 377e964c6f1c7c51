import { open } from "node:fs/promises";
import { StackError } from "../lib/errors.ts";

/** Two blocks of zeros end every archive of tar (POSIX.1-2017, pax, "ustar Interchange Format"). */
const END = 1024;

/** Throws StackError `command` where a file is no archive that tar wrote to its end. */
export async function demandWholeArchive(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const end = Buffer.alloc(END, 1);
    if (size > END) await file.read(end, 0, END, size - END);
    if (end.every((byte) => byte === 0)) return;
    const text = `${path} was cut off after ${size} bytes: it is no backup.`;
    throw new StackError("command", text, "Is the disk full, or was Docker ended? Back up anew.");
  } finally {
    await file.close();
  }
}
