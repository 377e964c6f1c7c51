import { BootstrapFault } from "./fault.mjs";

/** @type {readonly { readonly sign: RegExp, readonly cause: string, readonly todo: string }[]} first match wins */
const CAUSES = [
  {
    sign: /spawn npm ENOENT|npm: not found/,
    cause: "npm is not on PATH",
    todo: "Install npm (it comes with Node), then try again.",
  },
  {
    sign: /ENOSPC|no space left/i,
    cause: "the disk is full",
    todo: "Free about 1 GB where the project and npm's cache are, then try again.",
  },
  {
    sign: /SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_|certificate/i,
    cause: "the registry's certificate is not trusted",
    todo: "If your network has an authority of its own, set NODE_EXTRA_CA_CERTS to its certificate file.",
  },
  {
    sign: /\b(EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b|network/i,
    cause: "npm's registry cannot be reached",
    todo: "Check the network and `npm config get registry`; behind a proxy set HTTPS_PROXY. Then try again.",
  },
  {
    sign: /\b(E401|E403|E407)\b/,
    cause: "npm's registry refuses the request",
    todo: "Check your rights to the registry named by `npm config get registry`.",
  },
  {
    sign: /\b(E404|ETARGET)\b/,
    cause: "npm's registry lacks a package of the lock file",
    todo: "Check `npm config get registry`: a mirror may not be complete.",
  },
  {
    sign: /EINTEGRITY/,
    cause: "a package is not the one of the lock file",
    todo: "Run `npm cache clean --force` and try again; if it stays so, do not trust the registry.",
  },
  {
    sign: /in sync|EUSAGE/,
    cause: "package.json and package-lock.json do not agree",
    todo: "Run `npm install` and commit the lock file.",
  },
  {
    sign: /\b(EACCES|EPERM|EROFS)\b/,
    cause: "a file cannot be written",
    todo: "Check who owns the project's node_modules and npm's cache (`npm config get cache`).",
  },
];

const MOST_LINES = 12;

/**
 * What npm's output means, and what to do.
 * @param {string} output
 * @param {string} root
 */
export function explain(output, root) {
  const known = CAUSES.find(({ sign }) => sign.test(output));
  const cause = known?.cause ?? "npm ended with an error";
  const todo = known?.todo ?? "Read npm's words above; `npm ci` in the project repeats it.";
  const words = output
    .trim()
    .split("\n")
    .filter((line) => !/^npm (notice|error)\s*$/.test(line))
    .slice(0, MOST_LINES)
    .join("\n");
  return new BootstrapFault(`npm ci failed in ${root}: ${cause}`, `${words}\n${todo}`);
}
