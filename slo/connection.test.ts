import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith, sloHere } from "./testing/command.ts";
import { authority, issued } from "./testing/tls.ts";

const CHECK = ["check", "objectives.yaml", "--last", "10m"];

const open: { folder?: Awaited<ReturnType<typeof folderWith>> } = {};
beforeAll(async () => {
  const ca = await authority("Test CA");
  const [client, alien] = await Promise.all([issued(ca, { client: true }), issued(ca, { client: true })]);
  open.folder = await folderWith({
    "objectives.yaml": "service: api\n",
    "ca.pem": ca.cert,
    "client.pem": client.cert,
    "alien.key": alien.key,
    "wrong.txt": "X-A: 1\nf1le-secret\n",
    "odd.txt": "p0or token\n",
  });
});
afterAll(() => open.folder?.remove());

describe("a connection that is written wrongly ends with 2", () => {
  const https = ["--prometheus", "https://127.0.0.1:1"];
  it.each<[readonly string[], Readonly<Record<string, string>>, string]>([
    [[...https, "--ca", "none.pem"], {}, "none.pem: the CA file does not exist"],
    [https, { PROMETHEUS_CA: "none.pem" }, "none.pem: the CA file does not exist"],
    [[...https, "--ca", "."], {}, ".: the CA file cannot be read: it is a directory"],
    [
      [...https, "--ca", "objectives.yaml"],
      {},
      "objectives.yaml holds no certificate of an authority\n     it must be PEM text that begins with -----BEGIN CERTIFICATE-----",
    ],
    [
      ["--prometheus", "http://127.0.0.1:1", "--ca", "ca.pem"],
      {},
      "--ca needs an address with https://\n     write https://, or leave the flag out",
    ],
    [
      [...https, "--cert", "client.pem"],
      {},
      "--cert needs --key\n     a client shows its certificate and proves it by the key",
    ],
    [
      [...https, "--cert", "client.pem", "--key", "alien.key"],
      {},
      "alien.key is not the key of the certificate in client.pem\n     the client's own certificate comes first in its file, before those that signed it",
    ],
    [[...https, "--header", "s3cret"], {}, '--header has no colon: write it as "Name: value"'],
    [
      [...https, "--header", "X-A: 1", "--header", "s3cret"],
      {},
      '--header number 2 has no colon: write it as "Name: value"',
    ],
    [
      [...https, "--header", "X-A: 1\r\nX-B: s3cret"],
      {},
      "--header (X-A) has a value with a line break or another character that no header may carry",
    ],
    [
      [...https, "--header", "X-A:", "s3cret"],
      {},
      'a header stands in two words\n     put it in quotes: --header "Name: value"',
    ],
    [
      [...https, "--header", "X-A: s3cret", "--header", "x-a: 2"],
      {},
      "the header x-a is given twice\n     give it once",
    ],
    [[...https, "--header-file", "none.txt"], {}, "none.txt: the header file does not exist"],
    [[...https, "--header-file", "wrong.txt"], {}, 'line 2 of wrong.txt has no colon: write it as "Name: value"'],
    [
      https,
      { PROMETHEUS_HEADERS: "X-A: 1\ns3cret" },
      'line 2 of PROMETHEUS_HEADERS has no colon: write it as "Name: value"',
    ],
    [
      [...https, "--prometheus-token-file", "odd.txt"],
      {},
      "odd.txt holds no bearer token\n     it must hold the token alone, in one line",
    ],
    [
      https,
      { PROMETHEUS_TOKEN: "s3cret\nX: y" },
      "the token for Prometheus holds a character that no token may have, such as a line break",
    ],
    [
      [...https, "--header", "authorization: Bearer s3cret"],
      { PROMETHEUS_TOKEN: "s3cret" },
      "the header Authorization is given, and a token or a user as well: leave one of them out",
    ],
    [
      [...https, "--ca", "ca.pem", "--output", "json=ca.pem"],
      {},
      "--output json=ca.pem would overwrite the CA file\n     name another file",
    ],
  ])("%j %j", async (flags, env, text) => {
    const ran = await sloHere([...CHECK, ...flags], { cwd: open.folder?.path ?? "", env });
    expect(ran).toEqual({ code: 2, stdout: "", stderr: `slo: ${text}\n` });
    expect(ran.stderr).not.toMatch(/s3cret|f1le-secret|p0or/);
  });
});
