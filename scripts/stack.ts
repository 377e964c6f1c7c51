import { containersOf, memoryOf } from "../stack/compose/containers.ts";
import { down } from "../stack/compose/down.ts";
import { findEngine } from "../stack/compose/engine.ts";
import { demandImages, findImages } from "../stack/compose/images.ts";
import { type Project, readProject } from "../stack/compose/project.ts";
import { up } from "../stack/compose/up.ts";
import { runCommand } from "./lib/command.ts";
import { catchInterrupts } from "./lib/interrupts.ts";
import { inProject } from "./lib/paths.ts";
import { type Board, createBoard } from "./lib/progress.ts";
import { screenOf } from "./lib/screen.ts";
import { asFault } from "./lib/stack-fault.ts";
import { requestFrom, USAGE } from "./stack/request.ts";
import { addressText, statusText, troubleIn } from "./stack/status.ts";

/** Seconds until every service must be healthy; a busy laptop takes its time. */
const HEALTHY_WITHIN = 180;

async function bringUp(board: Board, signal: AbortSignal): Promise<number> {
  const place = { folder: inProject("."), env: process.env };
  const { engine, compose } = await findEngine(process.env, signal);
  const line = board.line("stack", "looking for its images");
  try {
    const images = demandImages(await findImages(place, signal));
    board.note(`· images      Docker ${engine}, Compose ${compose}: ${images.why}`);
    const { project } = images;
    await upOrGone(project, (text) => line.update(text), signal);
    line.done("up, every service healthy");
    process.stdout.write(addressText(await containersOf(project), project.name));
    return 0;
  } catch (error) {
    line.fail("not up");
    throw error;
  }
}

/** Ctrl-C leaves nothing that was not there before, but volumes; a failure leaves what there is for a look. */
async function upOrGone(project: Project, onProgress: (text: string) => void, signal: AbortSignal): Promise<void> {
  const before = await containersOf(project, signal);
  try {
    await up(project, { within: HEALTHY_WITHIN, signal, onProgress });
  } catch (error) {
    if (signal.aborted && before.length === 0) await down(project);
    throw error;
  }
}

async function takeDown(board: Board, volumes: boolean): Promise<number> {
  await findEngine(process.env);
  const project = await readProject({ folder: inProject("."), images: "registry", env: process.env });
  const line = board.line("stack", volumes ? "ending, with its data" : "ending; its data stays");
  await down(project, { volumes, onLine: (text) => line.update(text.trim()) });
  line.done(volumes ? "down, and its data is gone" : "down; its data stays (--volumes removes it)");
  return 0;
}

async function showStatus(board: Board): Promise<number> {
  await findEngine(process.env);
  const project = await readProject({ folder: inProject("."), images: "registry", env: process.env });
  const line = board.line("stack", "asking for health and memory");
  const containers = await containersOf(project);
  const memory = await memoryOf(containers, process.env);
  const trouble = troubleIn(containers);
  if (trouble === null) line.done("up, every service well");
  else line.fail(trouble);
  if (containers.length > 0)
    process.stdout.write(`${statusText(containers, memory)}\n${addressText(containers, project.name)}`);
  else process.stdout.write("Bring it up: npm run stack:up\n");
  return trouble === null ? 0 : 3;
}

async function main(argv: readonly string[]): Promise<number> {
  const request = requestFrom(argv);
  const board = createBoard(screenOf(process.stderr, process.env));
  const { first: signal } = catchInterrupts();
  try {
    switch (request.kind) {
      case "up":
        return await bringUp(board, signal);
      case "down":
        return await takeDown(board, request.volumes);
      case "status":
        return await showStatus(board);
      default:
        return request satisfies never;
    }
  } catch (error) {
    throw asFault(error);
  } finally {
    board.close();
  }
}

await runCommand(USAGE, main);
