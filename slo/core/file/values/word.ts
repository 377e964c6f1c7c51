import type { Kind } from "../kind.ts";
import { nounOf } from "../noun.ts";
import { isText, type Outcome, ok, refused, scalar } from "../scalar.ts";

const LONGEST = 100;

/** A name that is safe as a file name, in JUnit and in a URL; `pattern` must match the whole of it. */
function word(what: string, pattern: string, allowed: string, repair: (text: string) => string): Kind<string> {
  const whole = new RegExp(pattern);
  return scalar(
    { type: "string", minLength: 1, maxLength: LONGEST, pattern },
    `one ${what}`,
    ({ text, node }): Outcome<string> => {
      if (!isText(node))
        return refused(
          "wrong-type",
          `\`${text}\` is ${nounOf(node)}; the ${what} is text`,
          `put it in quotes: "${text}"`,
        );
      if (text.length > LONGEST) {
        const message = `this ${what} is ${text.length} characters long`;
        return refused("bad-name", message, `write at most ${LONGEST} characters`);
      }
      if (whole.test(text)) return ok(text);
      const better = repair(text);
      const hint = better === "" ? allowed : `${allowed}: write ${better}`;
      return refused("bad-name", text === "" ? `the ${what} is empty` : `\`${text}\` is no ${what}`, hint);
    },
  );
}

/** The text as a name: letters, digits, `.`, `_` and `-`; empty where nothing of it can stay. */
export const slug = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[^a-zA-Z0-9._-]+/g, "-")
    .replace(/^[^a-zA-Z0-9]+|-+$/g, "");

/** Names an objective: report lines, JUnit cases and files carry it. */
export const objectiveName = word(
  "name of an objective",
  "^[a-z0-9][a-z0-9._-]*$",
  "a name is made of small letters, digits, `-`, `_` and `.`",
  (text) => slug(text).toLowerCase(),
);

export const phaseName = word(
  "name of a phase",
  "^[A-Za-z0-9][A-Za-z0-9._-]*$",
  "a phase is made of letters, digits, `-`, `_` and `.`",
  slug,
);

export const serviceName = word(
  "name of a service",
  "^[A-Za-z0-9][A-Za-z0-9._:/-]*$",
  "a service is made of letters, digits and `-`, `_`, `.`, `:`, `/`",
  slug,
);
