import { describe, expect, it } from "vitest";
import { connectionFault } from "./fault.ts";

const conversation = { address: "http://prometheus.test", timeout: 30 };

describe("connectionFault", () => {
  it.each([
    ["ENOTFOUND", "x", "unreachable: cannot reach Prometheus at http://prometheus.test: the host name is not known"],
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "x",
      "unreachable: cannot reach Prometheus at http://prometheus.test: its certificate or TLS set-up was refused (DEPTH_ZERO_SELF_SIGNED_CERT); NODE_EXTRA_CA_CERTS names further authorities",
    ],
    ["EODD", "odd thing", "unreachable: cannot reach Prometheus at http://prometheus.test: odd thing"],
    [undefined, "", "unreachable: cannot reach Prometheus at http://prometheus.test: the connection failed"],
    ["ETIMEDOUT", "x", "timeout: http://prometheus.test did not answer within 30 s (--timeout sets the limit)"],
    [
      "ERR_BAD_RESPONSE",
      "maxContentLength size of 134217728 exceeded",
      "too-expensive: the answer of http://prometheus.test is larger than 134217728 bytes: judge a shorter window, or select fewer series",
    ],
  ])("names %s", (code, message, text) => {
    const fault = connectionFault(conversation, { code, message });
    expect(`${fault.code}: ${fault.message}`).toBe(text);
  });
});
