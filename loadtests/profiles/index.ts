import { average } from "./average.ts";
import type { Profile } from "./profile.ts";
import { smoke } from "./smoke.ts";
import { soak } from "./soak.ts";

export const profiles: readonly Profile[] = [smoke, average, soak];

/** Throws an error that lists the profiles there are. */
export function profileNamed(name: string): Profile {
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) {
    throw new Error(`there is no profile "${name}"; there are: ${profiles.map((profile) => profile.name).join(", ")}`);
  }
  return found;
}

export interface Adjustment {
  /** Requests per second, and seconds, of the main phase; null: the profile's own. */
  readonly rate: number | null;
  readonly duration: number | null;
  /** Seconds that a pause lasts at least, where slower scrapes need it. */
  readonly pause: number;
}

/** The profile with its main phase, `steady`, at another rate or duration; its warm-up is never faster than that. */
export function adjusted(profile: Profile, { rate, duration, pause }: Adjustment): Profile {
  const phases = profile.phases.map((phase) => ({
    ...phase,
    ...(phase.name === "steady"
      ? { rate: rate ?? phase.rate, duration: duration ?? phase.duration }
      : { rate: Math.min(phase.rate, rate ?? phase.rate) }),
    pause: phase.pause === 0 ? 0 : Math.max(phase.pause, pause),
  }));
  return { ...profile, phases };
}
