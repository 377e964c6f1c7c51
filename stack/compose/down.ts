import { StackError } from "../lib/errors.ts";
import { containersOf } from "./containers.ts";
import { compose, type Project } from "./project.ts";

/** Ends and removes every container and network of the project; its volumes as well where that is asked for. */
export async function down(
  project: Project,
  options: { readonly volumes?: boolean; readonly signal?: AbortSignal; readonly onLine?: (line: string) => void } = {},
): Promise<void> {
  const { volumes = false, signal, onLine } = options;
  const args = ["--profile", "*", "down", "--remove-orphans", ...(volumes ? ["--volumes"] : [])];
  const once = () =>
    compose(project, args, {
      ...(signal === undefined ? {} : { signal }),
      ...(onLine === undefined ? {} : { onLine }),
    });
  let end = await once();
  // What the engine was making for an `up` that was cut off may be there only now.
  if (end.code !== 0 || (await containersOf(project)).length > 0) end = await once();
  if (end.code === 0) return;
  const why = end.stderr.trim().split("\n").at(-1) ?? "";
  throw new StackError("cannot-start", `Docker could not end the stack: ${why}`, "Try again: npm run stack:down");
}
