import { parseObjectives } from "../core/file/parse-objectives.ts";
import { renderProblems } from "../render/problems.ts";

const UNSAFE = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

/**
 * Reads a mangled objectives file: objectives, or mistakes that lie inside the file and are safe to print. Throws where
 * it is neither.
 */
export function readMangled(text: string): "read" | "refused" {
  const parsed = parseObjectives(text, "o.yaml");
  const problems = parsed.kind === "ok" ? parsed.warnings : parsed.problems;
  if (parsed.kind === "ok") demand(parsed.value.objectives.length > 0, "no objective and no mistake");
  else
    demand(
      problems.some(({ severity }) => severity === "error"),
      "refused without a mistake",
    );
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  for (const { place, message, hint } of problems) {
    demand(place.line >= 1 && place.line <= lines.length, `line ${place.line} is not in the file`);
    const length = (lines[place.line - 1] ?? "").length;
    demand(place.column >= 1 && place.column <= length + 1, `column ${place.column} is not in line ${place.line}`);
    demand(message !== "" && hint !== "", "a mistake without words");
  }
  const unsafe = renderProblems(problems, text)
    .split("\n")
    .find((shown) => UNSAFE.test(shown));
  demand(unsafe === undefined, `shown unsafely: ${JSON.stringify(unsafe)}`);
  return parsed.kind === "ok" ? "read" : "refused";
}

function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
