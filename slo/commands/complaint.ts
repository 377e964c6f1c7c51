import { nearest } from "../core/near.ts";
import { Fault } from "../io/fault.ts";
import { COMMANDS, FLAGS, OPERANDS } from "./names.ts";

const HELP = "slo --help shows what there is";

/** A refusal of yargs in our words, with what was probably meant. */
export function explain(refusal: string, argv: readonly string[]): Fault {
  const unknown = /^Unknown (?:argument|command)s?: (.+)$/.exec(refusal)?.[1];
  if (unknown !== undefined) return unknownWord(unknown.split(", ")[0] ?? unknown, argv);
  const flag = /^Not enough arguments following: (.+)$/.exec(refusal)?.[1];
  if (flag !== undefined) return new Fault("usage", 2, `--${flag} needs a value`, HELP);
  if (refusal.startsWith("Not enough non-option arguments")) {
    const command = commandOf(argv);
    if (command === undefined) return new Fault("usage", 2, "no command given", HELP);
    const { what, example } = OPERANDS[command];
    return new Fault("usage", 2, `slo ${command} needs ${what}`, `write it as: slo ${command} ${example}`);
  }
  const missing = /^Missing required arguments?: (.+)$/.exec(refusal)?.[1];
  if (missing !== undefined) return new Fault("usage", 2, `--${missing.split(", ").join(", --")} must be given`, HELP);
  return new Fault("usage", 2, refusal, HELP);
}

function unknownWord(word: string, argv: readonly string[]): Fault {
  if (isHeaderValue(word, argv)) {
    return new Fault("usage", 2, "a header stands in two words", 'put it in quotes: --header "Name: value"');
  }
  const command = commandOf(argv);
  const flag = argv.find((argument) => argument.startsWith("-") && camel(argument) === camel(word));
  if (flag !== undefined) {
    const name = flag.split("=")[0] ?? flag;
    const [like] = nearest(name.replace(/^-+/, ""), command === undefined ? ["help"] : FLAGS[command]);
    return new Fault("usage", 2, `unknown flag ${name}`, like === undefined ? HELP : `did you mean --${like}?`);
  }
  if (command !== undefined) return new Fault("usage", 2, `slo ${command} takes no further argument: ${word}`, HELP);
  const [like] = nearest(word, COMMANDS);
  return new Fault("usage", 2, `unknown command ${word}`, like === undefined ? HELP : `did you mean slo ${like}?`);
}

function commandOf(argv: readonly string[]): (typeof COMMANDS)[number] | undefined {
  return COMMANDS.find((command) => command === argv.find((argument) => !argument.startsWith("-")));
}

/** `--header Name: value` without quotes: what follows may be a secret, which is not to be repeated. */
function isHeaderValue(word: string, argv: readonly string[]): boolean {
  const at = argv.indexOf(word);
  const flag = argv.slice(0, at).findLastIndex((one) => one.startsWith("-"));
  const header = argv[flag]?.startsWith("--header=") ? argv[flag] : argv[flag] === "--header" ? argv[flag + 1] : "";
  return header?.includes(":") === true;
}

/** yargs names a flag as written or in camel case. */
function camel(flag: string): string {
  const bare = flag.replace(/^-+/, "").split("=")[0] ?? "";
  return bare.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
