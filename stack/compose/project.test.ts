import { expect, test } from "vitest";
import { buildEnv } from "./project.ts";

const HERE = import.meta.filename;

test.each([
  [{}, undefined],
  [{ NODE_EXTRA_CA_CERTS: HERE }, HERE],
  [{ NODE_EXTRA_CA_CERTS: `${HERE}.gone` }, undefined],
  [{ NODE_EXTRA_CA_CERTS: HERE, EXTRA_CA: "/own.pem" }, "/own.pem"],
])("%j hands the build %s", (env, authority) => {
  expect(buildEnv(env)).toEqual({
    ...env,
    BUILDX_BAKE_ENTITLEMENTS_FS: "0",
    ...(authority === undefined ? {} : { EXTRA_CA: authority }),
  });
});
