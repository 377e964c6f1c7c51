import { parseArgs } from "node:util";
import { SUBJECTS } from "./fuzz/run.ts";
import { failureText, summaryLine } from "./fuzz/text.ts";
import { watched } from "./fuzz/watch.ts";

const USAGE = `npm run fuzz -- [--count 10000] [--seed N] [--only objectives|openslo|answers|lives|checks] [--patience SECONDS]
  mutates objectives files and Prometheus' answers, read and judged by themselves or by the whole slo check over HTTP
  (checks; a tenth as many): nothing may break down or hang, and no answer that shows its damage may make a pass of what
  was none. Of services whose every request is known (lives), through crashes, births and scrapes that are missing, nothing
  may pass that was not so. Exit codes: 0 none broke, 1 one did, 2 a flag is wrong.`;

/** A whole check takes as long as ten answers. */
const CHECKS_SHARE = 10;

function whole(flag: string, text: string, least: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= 0x7fffffff) return number;
  throw new TypeError(`--${flag} ${text} is not a whole number from ${least} to ${0x7fffffff}`);
}

function readFlags(argv: readonly string[]) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      count: { type: "string", default: "10000" },
      seed: { type: "string", default: String(Date.now() % 0x7fffffff) },
      only: { type: "string" },
      patience: { type: "string", default: "60" },
      help: { type: "boolean", default: false },
    },
  });
  const { only, help } = values;
  const subjects = SUBJECTS.filter((subject) => only === undefined || subject === only);
  if (subjects.length === 0) throw new TypeError(`--only ${only} is none of ${SUBJECTS.join(", ")}`);
  const [count, seed] = [whole("count", values.count, 1), whole("seed", values.seed, 0)];
  return { subjects, only, count, seed, patience: whole("patience", values.patience, 1), help };
}

async function main(argv: readonly string[]): Promise<0 | 1 | 2> {
  const flags = (() => {
    try {
      return readFlags(argv);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      process.stderr.write(`fuzz: ${error.message}\n${USAGE}\n`);
      return null;
    }
  })();
  if (flags === null) return 2;
  if (flags.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  let broke = false;
  for (const subject of flags.subjects) {
    const { seed, patience } = flags;
    const count =
      subject === "checks" && flags.only === undefined ? Math.ceil(flags.count / CHECKS_SHARE) : flags.count;
    const onProgress = (done: number) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${subject}: ${done} of ${count}`);
    };
    const result = await watched({ subject, seed, count, patience, onProgress });
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    process.stdout.write(`${summaryLine(result)}\n`);
    if (result.failure === null) continue;
    broke = true;
    process.stdout.write(`${failureText(result)}\n`);
  }
  return broke ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
