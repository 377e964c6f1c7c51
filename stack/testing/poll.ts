import { setTimeout as wait } from "node:timers/promises";

const AGAIN = 250;

/** Asks until there is an answer other than null; what was asked for is named where none came within `seconds`. */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > end) throw new Error(`within ${seconds} s not seen: ${what}`);
    await wait(AGAIN);
  }
}
