import { expect, test } from "vitest";
import { explain } from "./npm-failure.mjs";

test.each([
  ["spawn npm ENOENT", "npm is not on PATH"],
  ["npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write", "the disk is full"],
  ["npm error code SELF_SIGNED_CERT_IN_CHAIN", "the registry's certificate is not trusted"],
  [
    "npm error code ENOTFOUND\nnpm error network request to https://r.test/pg failed",
    "npm's registry cannot be reached",
  ],
  ["npm error code ECONNREFUSED", "npm's registry cannot be reached"],
  ["npm error code E403", "npm's registry refuses the request"],
  ["npm error code E404", "npm's registry lacks a package of the lock file"],
  ["npm error code EINTEGRITY", "a package is not the one of the lock file"],
  ["npm error code EUSAGE\nnpm error `npm ci` can only install …", "package.json and package-lock.json do not agree"],
  ["npm error code EACCES", "a file cannot be written"],
  ["npm error something new", "npm ended with an error"],
])("%j", (output, cause) => {
  expect(explain(output, "/project").message).toBe(`npm ci failed in /project: ${cause}`);
});

test("npm's own words come first, then what to do; its advertisements do not", () => {
  expect(explain("npm notice\nnpm error code ENOSPC\nnpm notice", "/project").hint).toBe(
    "npm error code ENOSPC\nFree about 1 GB where the project and npm's cache are, then try again.",
  );
});
