import type { Engine } from "../../../stack/compose/engine.ts";
import type { Images } from "../../../stack/compose/images.ts";
import { runOneOff } from "../../../stack/compose/one-off.ts";
import { compose, type Project } from "../../../stack/compose/project.ts";
import { StackError } from "../../../stack/lib/errors.ts";
import type { Board } from "../../lib/progress.ts";
import { asFault } from "../../lib/stack-fault.ts";
import type { Platform } from "../load-stack.ts";
import { inspectScript } from "./k6.ts";
import { objectivesOf } from "./objectives.ts";
import { bringUpCompose } from "./stack.ts";

/** The whole system in containers, with its images here or to be pulled. */
export function composePlatform(engine: Engine, images: Exclude<Images, { kind: "nowhere" }>, why: string): Platform {
  const { project } = images;
  return {
    name: "compose",
    why,
    objectives: (folder) => objectivesOf(project.name, folder),
    equip: async (board, signal) => {
      try {
        if (images.kind === "to be pulled") await pull(project, images.missing.length, board, signal);
        const k6 = await k6Version(project, signal);
        return {
          versions: { k6 },
          inspect: (request, until) => inspectScript(project, request, until),
          bringUp: (order) => bringUpCompose(project, engine, order),
        };
      } catch (error) {
        throw asFault(error);
      }
    },
  };
}

async function pull(project: Project, count: number, board: Board, signal: AbortSignal): Promise<void> {
  const line = board.line("images", `pulling ${count}`);
  const args = ["--profile", "load", "pull", "--ignore-buildable", "--policy", "missing"];
  const end = await compose(project, args, { signal, onLine: (text) => line.update(text.trim()) });
  if (end.code === 0) return line.done(`${count} pulled`);
  const why = end.stderr.trim().split("\n").at(-1) ?? "";
  line.fail("not pulled");
  throw new StackError("image-missing", `An image cannot be pulled: ${why}`, "Check the network, or: --stack native");
}

/** `2.2.0` of `k6 v2.2.0 (commit/…)`. */
async function k6Version(project: Project, signal: AbortSignal): Promise<string> {
  const image = project.config.services.k6?.image ?? "";
  const settings = ["--entrypoint", "k6"];
  const end = await runOneOff(image, settings, ["version"], { env: project.env, within: 60_000, signal });
  const { stdout, stderr } = end;
  const version = /\bv?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (version !== undefined) return version;
  throw new StackError(
    "image-missing",
    `k6's image does not run (exit code ${end.code}): ${stderr.trim()}`,
    `Remove the image ${image}.`,
  );
}
