import { describe, expect, test } from "vitest";
import { causeOfFailure, watchProgress } from "./up.ts";

const started = " Container pg-api-1  Started\n Container pg-nginx-1  Waiting\n";

describe("why Compose could not bring it up, by its own words", () => {
  test.each([
    ["container pg-five-1 is unhealthy", { kind: "unhealthy", container: "pg-five-1", code: null }],
    ["container pg-three-1 exited (7)", { kind: "exited", container: "pg-three-1", code: 7 }],
    ['service "migrate" didn\'t complete successfully: exit 1', { kind: "exited", container: "migrate", code: 1 }],
    [
      "Error response from daemon: failed to bind host port for 127.0.0.1:23391:172.22.0.2:80/tcp: address already in use",
      { kind: "port", text: expect.stringContaining("127.0.0.1:23391") },
    ],
    [
      "Error response from daemon: No such image: nowhere/nothing:1",
      { kind: "image", text: expect.stringContaining("nowhere/nothing:1") },
    ],
    [
      'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: no such host',
      { kind: "image", text: expect.stringContaining("no such host") },
    ],
    ['failed to solve: process "/bin/sh -c npm ci" did not complete', { kind: "build", text: expect.any(String) }],
    ["application not healthy after context deadline exceeded", { kind: "late", text: expect.any(String) }],
    ["something new", { kind: "other", text: "something new" }],
  ])("%s", (line, cause) => {
    expect(causeOfFailure(`${started}${line}\n`)).toEqual(cause);
  });
});

describe("progress", () => {
  const told = (...lines: string[]) => {
    const texts: string[] = [];
    const read = watchProgress((text) => texts.push(text));
    for (const line of lines) read(line);
    return texts;
  };

  test("counts who is healthy, and names who is waited for", () => {
    expect(
      told(
        " Network pg_edge  Created",
        " Container pg-postgres-1  Starting",
        " Container pg-postgres-1  Started",
        " Container pg-postgres-1  Waiting",
        " Container pg-postgres-1  Healthy",
      ),
    ).toEqual(["0 of 1 healthy; waiting for pg-postgres-1", "1 of 1 healthy"]);
  });

  test("names three at most", () => {
    const names = ["a", "b", "c", "d", "e"];
    expect(told(...names.map((name) => ` Container ${name}  Creating`)).at(-1)).toBe(
      "0 of 5 healthy; waiting for a, b, c and 2 more",
    );
  });

  test("tells of images while they are pulled", () => {
    expect(told(" nginx Pulling ", " grafana Pulling ", " nginx Pulled ").at(-1)).toBe(
      "1 of 2 images pulled; pulling for grafana",
    );
  });
});
