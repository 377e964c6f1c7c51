import type { Profile } from "./profile.ts";

export const soak: Profile = {
  name: "soak",
  description: "an ordinary hour, whole: made to be watched",
  phases: [
    { name: "warmup", rate: 100, duration: 20, drain: 1.5, pause: 3 },
    { name: "steady", rate: 200, duration: 3600, drain: 11, pause: 0 },
  ],
};
