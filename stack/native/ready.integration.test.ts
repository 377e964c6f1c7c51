import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { openHousehold } from "./household.ts";
import { httpProbe, whenReady } from "./ready.ts";
import { makeFixture, node } from "./testing/fixture.ts";

const fixture = makeFixture();
afterAll(() => fixture.remove());

/** A part that runs and does nothing. */
function idle() {
  const household = openHousehold(join(fixture.tempRoot, "stack"), 0o700);
  onTestFinished(() => household.close());
  const log = join(fixture.root, "idle.log");
  const ending = { name: "idle", signal: "SIGTERM", grace: 1_000, stage: 0 } as const;
  const program = node("-e", "setInterval(() => undefined, 60_000)");
  return { household, log, running: household.run({ ...program, ...ending, env: process.env, log }) };
}

test("a part that does not become ready in time is named, with the last reason why not", async () => {
  const { household, log, running } = idle();
  let asked = 0;
  const probe = async () => {
    asked += 1;
    return `asked ${asked} times`;
  };
  await expect(whenReady({ household, running, within: 50, secrets: [], probe })).rejects.toMatchObject({
    code: "not-ready",
    message: expect.stringMatching(/^idle was not ready within 0\.05 s: asked \d+ times\.$/),
    hint: `See ${log}.`,
  });
});

test("one that is ready only when the time is over is ready", async () => {
  const { household, running } = idle();
  const late = () => new Promise<null>((resolve) => setTimeout(resolve, 50, null));
  await whenReady({ household, running, within: 1, secrets: [], probe: late });
});

test("an address is ready with 200, and tells what else it answers", async () => {
  const server = createServer((request, response) => response.writeHead(request.url === "/well" ? 200 : 503).end());
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await httpProbe(`${url}/well`)()).toBeNull();
  expect(await httpProbe(`${url}/ill`)()).toBe(`${url}/ill answered 503`);
});
