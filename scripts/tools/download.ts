import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import axios from "axios";

/** Milliseconds: until the answer begins, and between two pieces of it. */
export interface Patience {
  readonly answer: number;
  readonly stall: number;
}

export interface DownloadOptions {
  readonly patience: Patience;
  readonly signal?: AbortSignal | undefined;
  /** Bytes so far, and in all where the server says. */
  readonly onBytes?: (bytes: number, total: number | null) => void;
}

const MOST_TEXT = 1024 * 1024;

/** A small text. Throws an Error whose message is the cause. */
export async function fetchText(url: string, options: DownloadOptions): Promise<string> {
  const { stream, watch } = await open(url, options);
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of stream) {
      watch.alive();
      bytes += piece.length;
      if (bytes > MOST_TEXT) throw new Error(`${url} is more than 1 MiB`);
      pieces.push(piece);
    }
  } catch (error) {
    throw watch.reason() ?? error;
  } finally {
    watch.end();
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** Writes what the address gives into a file; gives its SHA-256 in hex. Throws an Error whose message is the cause. */
export async function download(url: string, file: string, options: DownloadOptions): Promise<string> {
  const { stream, total, watch } = await open(url, options);
  const hash = createHash("sha256");
  let bytes = 0;
  const count = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      watch.alive();
      hash.update(piece);
      bytes += piece.length;
      options.onBytes?.(bytes, total);
      yield piece;
    }
  };
  try {
    await pipeline(stream, count, createWriteStream(file));
  } catch (error) {
    throw watch.reason() ?? error;
  } finally {
    watch.end();
  }
  return hash.digest("hex");
}

async function open(url: string, { patience, signal }: DownloadOptions) {
  const watch = watchdog(url, patience, signal);
  try {
    const { data, headers } = await axios.get<Readable>(url, {
      responseType: "stream",
      decompress: false,
      validateStatus: (status) => status === 200,
      signal: watch.signal,
    });
    const length = Number(headers["content-length"]);
    watch.alive();
    return { stream: data, total: Number.isFinite(length) && length > 0 ? length : null, watch };
  } catch (error) {
    watch.end();
    throw watch.reason() ?? error;
  }
}

/** Ends a transfer that does not begin, or does not go on. */
function watchdog(url: string, { answer, stall }: Patience, outer: AbortSignal | undefined) {
  const late = new AbortController();
  let reason: Error | null = null;
  let begun = false;
  const expire = () => {
    reason = new Error(
      `${new URL(url).host} ${begun ? `sent nothing for ${stall / 1000} s` : `did not answer within ${answer / 1000} s`}`,
    );
    late.abort();
  };
  let timer = setTimeout(expire, answer);
  return {
    signal: outer === undefined ? late.signal : AbortSignal.any([late.signal, outer]),
    alive() {
      begun = true;
      clearTimeout(timer);
      timer = setTimeout(expire, stall);
    },
    end: () => clearTimeout(timer),
    reason: () => reason,
  };
}
