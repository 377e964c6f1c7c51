import { formatDuration } from "../format.ts";
import { type Found, fine, hopeless } from "./check.ts";
import type { ServerFacts } from "./facts.ts";

/** Largest skew, in seconds, that phases cut by our clock tolerate; as `slo check` has it. */
const MAX_SKEW = 1;

export function serverFindings({ address, version, failure, clock }: ServerFacts): readonly Found[] {
  const expected = `Prometheus answers at ${address}`;
  if (failure !== null)
    return [hopeless("prometheus", expected, failure.text, "see that it is up and the address right")];
  const answered = fine("prometheus", expected, version === null ? "it answers" : `it answers, version ${version}`);
  if (clock === null) return [answered];
  const within = `its clock is within ${formatDuration(MAX_SKEW)} of this machine's`;
  if (!Number.isFinite(clock.skew)) {
    return [answered, hopeless("clock", within, "it does not tell its time", "is it Prometheus, or something else?")];
  }
  const way = clock.skew > 0 ? "ahead" : "behind";
  const actual = `${formatDuration(Math.abs(clock.skew))} ${way}`;
  if (Math.abs(clock.skew) - clock.uncertainty <= MAX_SKEW) return [answered, fine("clock", within, actual)];
  return [
    answered,
    hopeless("clock", within, actual, "set both by NTP: phases are cut by the clock of whoever runs the load"),
  ];
}
