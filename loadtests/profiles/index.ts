import { average } from "./average.ts";
import type { Profile } from "./profile.ts";
import { smoke } from "./smoke.ts";

export const profiles: readonly Profile[] = [smoke, average];

/** Throws an error that lists the profiles there are. */
export function profileNamed(name: string): Profile {
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) {
    throw new Error(`there is no profile "${name}"; there are: ${profiles.map((profile) => profile.name).join(", ")}`);
  }
  return found;
}

/** The profile with its main phase, `steady`, at another rate (requests per second) or duration (seconds). */
export function adjusted(profile: Profile, rate: number | null, duration: number | null): Profile {
  const phases = profile.phases.map((phase) =>
    phase.name === "steady"
      ? { ...phase, rate: rate ?? phase.rate, duration: duration ?? phase.duration }
      : { ...phase, rate: Math.min(phase.rate, rate ?? phase.rate) },
  );
  return { ...profile, phases };
}
