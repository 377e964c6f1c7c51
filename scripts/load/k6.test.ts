import { expect, test } from "vitest";
import { k6Message } from "./k6.ts";

test("k6's first error, without its decoration", () => {
  const log = [
    'time="2026-11-22T16:00:00Z" level=warning msg="something small"',
    String.raw`time="2026-11-22T16:00:01Z" level=error msg="TypeError: Cannot read property 'id' of null\n\tat journey (file:///home/me/x.ts:5:3(4))\n" executor=constant-arrival-rate`,
    'time="2026-11-22T16:00:02Z" level=error msg="another"',
  ].join("\n");
  expect(k6Message(log)).toBe("TypeError: Cannot read property 'id' of null at journey (/home/me/x.ts:5:3(4))");
});

test("a log without errors has none", () => {
  expect(k6Message('time="x" level=info msg="all is well"\n')).toBeNull();
});

test("what an output of k6 could not hand on is no error of the script", () => {
  const lost =
    'time="x" level=error msg="Failed to send the time series data to the endpoint" error="EOF" output="Prometheus remote write"';
  expect(k6Message(`${lost}\n`)).toBeNull();
  const spoofed = String.raw`time="x" level=error msg="thrown output=\"Prometheus remote write\"" source=console`;
  expect(k6Message(`${lost}\n${spoofed}\n`)).toBe('thrown output="Prometheus remote write"');
});
