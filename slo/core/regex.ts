import { RE2JS, RE2JSException } from "re2js";

/** Why Prometheus (RE2) would refuse this regular expression; undefined when it compiles. */
export function regexProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RE2JSException) return error.message.replace(/^error parsing regexp: /, "");
    if (error instanceof RangeError) return "it is nested too deeply";
    throw error;
  }
}
