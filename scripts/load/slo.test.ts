import { expect, test } from "vitest";
import { withoutPrometheus } from "./slo.ts";

test("the judge of a load gets no credentials of another Prometheus", () => {
  const env = { PATH: "/bin", PROMETHEUS_TOKEN: "x", PROMETHEUS_CA: "gone.pem", PROMETHEUS_HEADERS: "a" };
  expect(withoutPrometheus(env)).toEqual({ PATH: "/bin" });
});
