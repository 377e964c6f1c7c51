import { styleText } from "node:util";
import type { Paint, Tone } from "../render/console.ts";
import type { Screen, Shell } from "./shell.ts";

const DEFAULT_WIDTH = 100;
const WIDEST = 120;

const STYLES: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  good: "green",
  bad: "red",
  unsure: "yellow",
  quiet: "gray",
  strong: "bold",
};

const plain: Paint = (_tone, text) => text;
const coloured: Paint = (tone, text) => styleText(STYLES[tone], text, { validateStream: false });

export interface Terminal {
  readonly width: number;
  readonly unicode: boolean;
  readonly paint: Paint;
}

/** What a screen can show, by `--color`, itself and the environment (NO_COLOR, FORCE_COLOR, TERM, the locale). */
export function terminalOf(screen: Screen, env: Shell["env"], color?: boolean): Terminal {
  return {
    width: Math.min(WIDEST, (screen.isTTY === true ? screen.columns : columnsOf(env)) ?? DEFAULT_WIDTH),
    unicode: screen.isTTY !== true || isUtf8(env),
    paint: (color ?? hasColour(screen, env)) ? coloured : plain,
  };
}

function hasColour(screen: Screen, env: Shell["env"]): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "")
    return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return screen.isTTY === true && env.TERM !== "dumb";
}

/** For whoever runs us behind a pipe and knows the terminal at its end. */
function columnsOf({ COLUMNS }: Shell["env"]): number | undefined {
  return COLUMNS !== undefined && /^[1-9]\d{1,4}$/.test(COLUMNS) ? Number(COLUMNS) : undefined;
}

/** Without a locale nothing is known, and nearly every terminal reads UTF-8. */
function isUtf8(env: Shell["env"]): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale === undefined || locale === "" || /utf-?8/i.test(locale);
}
