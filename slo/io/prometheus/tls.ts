import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

/** PEM texts. `ca`: the only authorities trusted, in place of the system's; `client`: how we show ourselves. */
export interface Tls {
  readonly ca: string | null;
  readonly client: { readonly cert: string; readonly key: string } | null;
}

/** A file's text, with the name to show for it. */
export interface PemFile {
  readonly text: string;
  readonly path: string;
}

export interface PemProblem {
  readonly kind: "problem";
  readonly text: string;
  readonly hint: string;
}

type Reading<Value> = { readonly kind: "ok"; readonly value: Value } | PemProblem;

const problem = (text: string, hint: string): PemProblem => ({ kind: "problem", text, hint });

/** Checks that certificates and key can be used together, before any of it meets a server. */
export function readTls(
  ca: PemFile | null,
  client: { readonly cert: PemFile; readonly key: PemFile } | null,
): Reading<Tls> {
  if (ca !== null) {
    const read = readCertificates(ca, "certificate of an authority");
    if (read.kind === "problem") return read;
  }
  if (client !== null) {
    const pair = readPair(client.cert, client.key);
    if (pair.kind === "problem") return pair;
  }
  const own = client === null ? null : { cert: client.cert.text, key: client.key.text };
  return { kind: "ok", value: { ca: ca?.text ?? null, client: own } };
}

function readPair(cert: PemFile, key: PemFile): Reading<null> {
  const certificates = readCertificates(cert, "client certificate");
  if (certificates.kind === "problem") return certificates;
  const read = readKey(key);
  if (read.kind === "problem") return read;
  const [first] = certificates.value;
  if (first?.checkPrivateKey(read.value) !== true) {
    const text = `${key.path} is not the key of the certificate in ${cert.path}`;
    return problem(text, "the client's own certificate comes first in its file, before those that signed it");
  }
  return { kind: "ok", value: null };
}

function readCertificates({ text, path }: PemFile, what: string): Reading<readonly X509Certificate[]> {
  const blocks =
    text.match(/-----BEGIN (TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (TRUSTED )?CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    const has = text.includes("PRIVATE KEY-----") ? ", but a private key" : "";
    const hint = "it must be PEM text that begins with -----BEGIN CERTIFICATE-----";
    return problem(`${path} holds no ${what}${has}`, hint);
  }
  const read: X509Certificate[] = [];
  for (const [index, block] of blocks.entries()) {
    try {
      read.push(new X509Certificate(block));
    } catch {
      const which = blocks.length === 1 ? "the certificate" : `certificate ${index + 1} of ${blocks.length}`;
      return problem(`${path}: ${which} cannot be read`, "it was cut or changed: copy it again, whole");
    }
  }
  return { kind: "ok", value: read };
}

function readKey({ text, path }: PemFile): Reading<KeyObject> {
  if (!text.includes("PRIVATE KEY-----")) {
    return problem(`${path} holds no private key`, "it must be PEM text that begins with -----BEGIN PRIVATE KEY-----");
  }
  try {
    return { kind: "ok", value: createPrivateKey(text) };
  } catch {
    return text.includes("ENCRYPTED")
      ? problem(`${path}: the key is encrypted`, "give one without a passphrase, as openssl pkey writes it")
      : problem(`${path}: the key cannot be read`, "it was cut or changed: copy it again, whole");
  }
}
