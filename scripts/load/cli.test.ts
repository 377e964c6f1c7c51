import { describe, expect, test } from "vitest";
import { parseArguments, parseDuration, parseRate } from "./cli.ts";

const parse = (...argv: string[]) => parseArguments(argv, "/home/me");
const failing = async (...argv: string[]) =>
  parse(...argv).then(
    () => "accepted",
    (error: Error) => error.message,
  );

test("a whole command line", async () => {
  expect(
    await parse(
      ..."--profile smoke --rate 50 --duration 1m --objectives mine.yaml --stack native --keep --anyway --results out --preload a.mjs --script my.ts".split(
        " ",
      ),
    ),
  ).toEqual({
    kind: "run",
    request: {
      profile: "smoke",
      rate: 50,
      duration: 60,
      objectives: "/home/me/mine.yaml",
      script: "/home/me/my.ts",
      stack: "native",
      keep: true,
      anyway: true,
      results: "/home/me/out",
      preload: ["/home/me/a.mjs"],
    },
  });
});

test("nothing given is the average profile on whatever stack there is", async () => {
  expect(await parse()).toMatchObject({
    request: { profile: "average", rate: null, duration: null, stack: "auto", keep: false, anyway: false },
  });
});

describe("refused", () => {
  test.each([
    [["--rate", "1.5"], '--rate: "1.5" is not a whole number of requests per second'],
    [["--rate", "-3"], '--rate: "-3" is not a whole number of requests per second'],
    [["--duration", "0s"], '--duration: "0s" is not a duration'],
    [["--duration", "10 parsecs"], '--duration: "10 parsecs" is not a duration'],
    [["--rate", "5", "--rate", "6"], "--rate is given twice"],
    [["--bogus"], "Unknown argument: bogus"],
    [["extra"], "Unknown argument: extra"],
    [["--profile"], "Not enough arguments following: profile"],
  ])("%j", async (argv, message) => {
    expect(await failing(...argv)).toBe(message);
  });

  test("a stack that nobody knows", async () => {
    expect(await failing("--stack", "cloud")).toContain('Choices: "auto", "native", "compose"');
  });
});

test("durations in all their units", () => {
  expect(["1500ms", "30s", "2m", "1h", "45", "0.5s"].map(parseDuration)).toEqual([1.5, 30, 120, 3600, 45, 0.5]);
});

test("a rate is a whole number", () => {
  expect(parseRate("200")).toBe(200);
});
