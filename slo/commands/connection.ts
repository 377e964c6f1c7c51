import { Fault } from "../io/fault.ts";
import { readText } from "../io/files/read.ts";
import { type PrometheusAddress, readAddress } from "../io/prometheus/address.ts";
import { type Header, overlaid, readHeader, twice } from "../io/prometheus/headers.ts";
import { type PemFile, readTls, type Tls } from "../io/prometheus/tls.ts";
import type { TakenFile } from "./outputs.ts";
import type { Shell } from "./shell.ts";

/** Flags that say how to reach Prometheus, as they were written. */
export interface ConnectionArguments {
  readonly prometheus: string | undefined;
  readonly tokenFile: string | undefined;
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly headers: readonly string[];
  readonly headerFile: string | undefined;
}

const SMALL = 64 * 1024;
const BUNDLE = 4 * 1024 * 1024;

/** Reads flags, files and environment into an address. Rejects with a Fault, exit 2, that repeats no secret. */
export async function readConnection(
  given: ConnectionArguments,
  prometheus: string,
  shell: Shell,
): Promise<PrometheusAddress> {
  const { PROMETHEUS_TOKEN, PROMETHEUS_USERNAME, PROMETHEUS_PASSWORD } = shell.env;
  const token =
    given.tokenFile === undefined ? nonEmpty(PROMETHEUS_TOKEN) : await readToken(given.tokenFile, shell.cwd);
  const reading = readAddress(prometheus, {
    token,
    username: nonEmpty(PROMETHEUS_USERNAME),
    password: nonEmpty(PROMETHEUS_PASSWORD),
    headers: await headersOf(given, shell),
    tls: await tlsOf(given, prometheus, shell),
  });
  if (reading.kind === "problem") throw new Fault("usage", 2, reading.text);
  return reading.address;
}

/** Files that the connection is read from, which no output may overwrite. */
export function connectionFiles(given: ConnectionArguments): readonly TakenFile[] {
  const named: readonly (readonly [string | undefined, string])[] = [
    [given.tokenFile, "the token file"],
    [given.headerFile, "the header file"],
    [given.ca, "the CA file"],
    [given.cert, "the client certificate"],
    [given.key, "the client certificate's key"],
  ];
  return named.flatMap(([path, what]) => (path === undefined ? [] : [{ path, what }]));
}

/** A pipeline's unset secret is an empty variable. */
function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text.trim() === "" ? null : text;
}

async function readToken(path: string, cwd: string): Promise<string> {
  const token = (await readText(path, { cwd, what: "token file", limit: SMALL })).trim();
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Fault("usage", 2, `${path} holds no bearer token`, "it must hold the token alone, in one line");
  }
  return token;
}

/** Flags over the file over the environment. */
async function headersOf({ headers, headerFile }: ConnectionArguments, shell: Shell): Promise<readonly Header[]> {
  const file =
    headerFile === undefined ? "" : await readText(headerFile, { cwd: shell.cwd, what: "header file", limit: SMALL });
  return overlaid([
    ...read(lines(shell.env.PROMETHEUS_HEADERS ?? "", "of PROMETHEUS_HEADERS")),
    ...read(lines(file, `of ${headerFile ?? ""}`)),
    ...read(headers.map((text, index) => [text, headers.length === 1 ? "--header" : `--header number ${index + 1}`])),
  ]);
}

type Written = readonly (readonly [text: string, where: string])[];

/** Empty lines and comments are left out. */
function lines(text: string, of: string): Written {
  return text
    .split(/\r?\n/)
    .map((line, index) => [line, `line ${index + 1} ${of}`] as const)
    .filter(([line]) => line.trim() !== "" && !line.trimStart().startsWith("#"));
}

function read(written: Written): readonly Header[] {
  const headers = written.map(([text, where]) => {
    const reading = readHeader(text, where);
    if (reading.kind === "problem") throw new Fault("usage", 2, reading.text);
    return reading.header;
  });
  const again = twice(headers);
  if (again === undefined) return headers;
  throw new Fault("usage", 2, `the header ${again.name} is given twice`, "give it once");
}

/** What a flag names is wanted for sure; what the environment names holds for https alone. */
async function tlsOf(given: ConnectionArguments, prometheus: string, shell: Shell): Promise<Tls | null> {
  const [flag] = (["ca", "cert", "key"] as const).filter((name) => given[name] !== undefined);
  if (!/^\s*https:/i.test(prometheus)) {
    if (flag === undefined) return null;
    throw new Fault("usage", 2, `--${flag} needs an address with https://`, "write https://, or leave the flag out");
  }
  const { PROMETHEUS_CA, PROMETHEUS_CERT, PROMETHEUS_KEY } = shell.env;
  const [ca, cert, key] = await Promise.all([
    pem(given.ca ?? nonEmpty(PROMETHEUS_CA), "CA file", shell.cwd),
    pem(given.cert ?? nonEmpty(PROMETHEUS_CERT), "client certificate", shell.cwd),
    pem(given.key ?? nonEmpty(PROMETHEUS_KEY), "client certificate's key", shell.cwd),
  ]);
  if ((cert === null) !== (key === null)) {
    const [has, lacks] = cert === null ? ["--key", "--cert"] : ["--cert", "--key"];
    throw new Fault("usage", 2, `${has} needs ${lacks}`, "a client shows its certificate and proves it by the key");
  }
  if (ca === null && cert === null) return null;
  const reading = readTls(ca, cert === null || key === null ? null : { cert, key });
  if (reading.kind === "problem") throw new Fault("usage", 2, reading.text, reading.hint);
  return reading.value;
}

async function pem(path: string | null, what: string, cwd: string): Promise<PemFile | null> {
  return path === null ? null : { path, text: await readText(path, { cwd, what, limit: BUNDLE }) };
}
