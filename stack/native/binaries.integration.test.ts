import { chmodSync, cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { postgresAccount } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { makeFixture } from "./testing/fixture.ts";

const fixture = makeFixture();
afterAll(() => fixture.remove());

test("binaries that PostgreSQL's user cannot reach are brought where it can", async () => {
  const account = postgresAccount();
  const asInstalled = await findBinaries(account, join(fixture.root, "spare"));
  const home = join(fixture.root, "home");
  const installed = join(home, "native");
  cpSync(join(asInstalled.postgres, "../.."), installed, { recursive: true, verbatimSymlinks: true });
  chmodSync(home, 0o700);

  const found = await findBinaries(account, join(fixture.root, "copied"), installed);
  // Only root runs PostgreSQL as somebody else.
  expect(found.postgres).toBe(join(account === null ? installed : join(fixture.root, "copied"), "bin/postgres"));
  expect(found.version).toBe(asInstalled.version);
});

test("binaries that are not there are named", async () => {
  await expect(findBinaries(null, "/nonexistent/spare", "/nonexistent")).rejects.toMatchObject({
    code: "cannot-start",
    message: "PostgreSQL does not run here: spawn /nonexistent/bin/postgres ENOENT.",
  });
});
