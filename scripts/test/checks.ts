/** A check that is one program's success; `args` follow Node. */
export interface Check {
  readonly name: string;
  readonly text: string;
  readonly args: readonly string[];
}

const ROOMS = ["api", "loadtests", "slo", "stack", "scripts", "e2e"];

export const CHECKS: readonly Check[] = [
  {
    name: "types",
    text: "checking types",
    args: ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "."],
  },
  {
    name: "loadtypes",
    text: "checking the load's types",
    args: ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "loadtests"],
  },
  {
    name: "style",
    text: "linting and checking the format",
    args: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."],
  },
  {
    name: "imports",
    text: "checking who imports whom",
    args: [
      "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
      "--config",
      ".dependency-cruiser.mjs",
      "--output-type",
      "err-long",
      ...ROOMS,
    ],
  },
  {
    name: "exports",
    text: "looking for dead files, exports and dependencies",
    args: ["node_modules/knip/bin/knip.js", "--no-progress"],
  },
];
