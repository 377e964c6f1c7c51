import type { Profile } from "./profile.ts";

export const average: Profile = {
  name: "average",
  description: "an ordinary hour's rate, for half a minute",
  phases: [
    { name: "warmup", rate: 100, duration: 8, drain: 1.5, pause: 3 },
    { name: "steady", rate: 200, duration: 30, drain: 11, pause: 0 },
  ],
};
