import type { Profile } from "./profile.ts";

export const smoke: Profile = {
  name: "smoke",
  description: "the shortest load that still proves an error share of 0.1 %",
  phases: [
    { name: "warmup", rate: 100, duration: 7, drain: 1.5, pause: 3 },
    { name: "steady", rate: 200, duration: 16, drain: 11, pause: 0 },
  ],
};
