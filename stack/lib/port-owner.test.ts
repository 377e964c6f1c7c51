import { createServer } from "node:net";
import { expect, test } from "vitest";
import { listeners, portOwner } from "./port-owner.ts";

const table = [
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
  "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1",
  "   1: 0100007F:1F90 0100007F:A000 01 00000000:00000000 00:00000000 00000000     0        0 4243 1",
  "   2: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4244 1",
].join("\n");

test("only who listens on the port has it", () => {
  expect(listeners(table, 8080)).toEqual(["4242"]);
  expect(listeners(table, 8082)).toEqual([]);
});

test("this process has its own port, where /proc tells", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const owner = portOwner(port);
  server.close();
  expect(owner).toEqual(process.platform === "linux" ? { pid: process.pid, name: "node" } : null);
});
