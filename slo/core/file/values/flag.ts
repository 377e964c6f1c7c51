import type { Kind } from "../kind.ts";
import { ok, refused, scalar } from "../scalar.ts";

/** `true` or `false`, not in quotes. */
export const flag: Kind<boolean> = scalar({ type: "boolean" }, "true or false", ({ text, node }) => {
  if (typeof node.value === "boolean") return ok(node.value);
  const meant = /^(?:yes|on|y|1|true)$/i.test(text)
    ? "true"
    : /^(?:no|off|n|0|false)$/i.test(text)
      ? "false"
      : undefined;
  const hint = meant === undefined ? "write true or false" : `write ${meant}, without quotes`;
  return refused("wrong-type", `\`${text}\` is not true or false`, hint);
});
