import { describe, expect, it } from "vitest";
import { connectionFault } from "./fault.ts";

const conversation = { address: "http://prometheus.test", timeout: 30 };

describe("connectionFault", () => {
  it.each([
    ["ENOTFOUND", "x", "unreachable: cannot reach Prometheus at http://prometheus.test: the host name is not known"],
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "x",
      "unreachable: cannot reach Prometheus at http://prometheus.test: its certificate is signed by nobody who is trusted here (DEPTH_ZERO_SELF_SIGNED_CERT): name its authority by --ca FILE, or by NODE_EXTRA_CA_CERTS beside the usual ones",
    ],
    [
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "Hostname/IP does not match certificate's altnames: Host: a.b. is not in the cert's altnames: DNS:c",
      "unreachable: cannot reach Prometheus at http://prometheus.test: its certificate is for another host (Host: a.b. is not in the cert's altnames: DNS:c): use a name that it has, or have one made for this name",
    ],
    [
      "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA",
      "x",
      "unreachable: cannot reach Prometheus at http://prometheus.test: it does not accept our client certificate (ERR_SSL_TLSV1_ALERT_UNKNOWN_CA): see --cert and --key",
    ],
    [
      "ERR_TLS_DH_PARAM_SIZE",
      "x",
      "unreachable: cannot reach Prometheus at http://prometheus.test: its certificate or TLS set-up was refused (ERR_TLS_DH_PARAM_SIZE)",
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
