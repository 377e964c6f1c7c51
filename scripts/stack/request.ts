import { parseArgs } from "node:util";
import { Fault } from "../lib/fault.ts";

export type StackRequest =
  | { readonly kind: "up" }
  | { readonly kind: "down"; readonly volumes: boolean }
  | { readonly kind: "status" };

export const USAGE = [
  "npm run stack:up                      brings the whole system up with Docker Compose and prints its addresses",
  "npm run stack:status                  shows each service's health, memory and address",
  "npm run stack:down [-- --volumes]     ends it; --volumes removes its data, history and secrets as well",
].join("\n");

/** Throws a Fault, or what parseArgs throws for an unknown option. */
export function requestFrom(argv: readonly string[]): StackRequest {
  const [command, ...rest] = argv;
  switch (command) {
    case "up":
    case "status":
      parseArgs({ args: rest, options: {} });
      return { kind: command };
    case "down": {
      const { values } = parseArgs({ args: rest, options: { volumes: { type: "boolean", default: false } } });
      return { kind: "down", volumes: values.volumes };
    }
    default:
      throw new Fault("usage", `There is no ${command === undefined ? "command" : `"${command}"`}.`, USAGE, 2);
  }
}
