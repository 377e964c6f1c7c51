export { handleSummary, options } from "../../loadtests/main.ts";

/** A journey with a mistake in it. */
export function journey(): void {
  const nothing = JSON.parse("null") as { id: string };
  nothing.id.toString();
}
