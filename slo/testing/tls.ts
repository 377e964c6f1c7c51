import type { RequestListener } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import type { RunningServer } from "./http.ts";

/** PEM texts. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

const DAY = 86_400_000;
const fromNow = (days: number) => new Date(Date.now() + days * DAY);

export async function authority(name: string): Promise<Identity> {
  const made = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: fromNow(-2),
    notAfterDate: fromNow(30),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { cert: made.cert, key: made.private };
}

export interface Wanted {
  /** DNS names; the address 127.0.0.1 unless `names` is given. */
  readonly names?: readonly string[];
  /** Days from now. */
  readonly valid?: readonly [from: number, to: number];
  readonly client?: boolean;
}

/** A certificate signed by the authority. */
export async function issued(
  by: Identity,
  { names, valid = [-1, 10], client = false }: Wanted = {},
): Promise<Identity> {
  const altNames =
    names === undefined ? [{ type: 7 as const, ip: "127.0.0.1" }] : names.map((value) => ({ type: 2 as const, value }));
  const made = await generate([{ name: "commonName", value: names?.[0] ?? "prometheus" }], {
    keyType: "ec",
    algorithm: "sha256",
    ca: by,
    notBeforeDate: fromNow(valid[0]),
    notAfterDate: fromNow(valid[1]),
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true },
      { name: "extKeyUsage", serverAuth: !client, clientAuth: client },
      { name: "subjectAltName", altNames },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/** A real HTTPS server on a free port of 127.0.0.1. */
export async function serveHttps(options: ServerOptions, listener: RequestListener): Promise<RunningServer> {
  const server = createHttpsServer(options, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `https://127.0.0.1:${port}`, port, stop };
}
