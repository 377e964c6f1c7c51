import { type Kind, names } from "../kind.ts";
import { ok, refused, scalar } from "../scalar.ts";
import { nearest } from "../suggest.ts";

/** One of a few words. */
export function choice<T extends string>(what: string, words: readonly T[]): Kind<T> {
  return scalar({ enum: words }, names(words, "or"), ({ text }) => {
    const known = words.find((word) => word === text);
    if (known !== undefined) return ok(known);
    const near = nearest(text, words);
    const hint = near === undefined ? `write ${names(words, "or")}` : `did you mean \`${near}\`?`;
    return refused("unknown-word", `\`${text}\` is no ${what}`, hint);
  });
}
