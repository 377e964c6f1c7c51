import { describe, expect, it } from "vitest";
import { latency, runFile, STEADY, WINDOW_FACTS } from "./fixtures/scene.ts";
import { judgedPhases, phaseOf, phasesOf, windowPhase } from "./phases.ts";

const SOAK = { name: "soak", from: 2000, to: 2060, quiet: true };

describe("the phase of an objective", () => {
  it("is the one of its name", () => {
    expect(phaseOf({ phase: "soak" }, [STEADY, SOAK])).toEqual({ kind: "found", phase: SOAK });
    expect(phaseOf({ phase: "soak" }, [STEADY])).toEqual({ kind: "absent" });
    expect(phaseOf({ phase: "soak" }, [])).toEqual({ kind: "absent" });
    expect(phaseOf({ phase: "soak" }, [SOAK, STEADY, SOAK])).toEqual({ kind: "ambiguous" });
  });

  it("is the window where there is nothing but a window", () => {
    const window = windowPhase(5, 65);
    expect(window).toEqual({ name: "window", from: 5, to: 65, quiet: false });
    expect(phaseOf({ phase: "soak" }, [window])).toEqual({ kind: "found", phase: window });
    expect(phaseOf({ phase: "soak" }, [window, STEADY])).toEqual({ kind: "absent" });
    expect(phaseOf({ phase: "window" }, [STEADY, window])).toEqual({ kind: "found", phase: window });
  });
});

it("phases that are judged come in the order of the run, each once", () => {
  const objectives = [latency({ phase: "soak" }), latency(), latency({ phase: "spike" }), latency()];
  expect(judgedPhases(objectives, [STEADY, SOAK, { ...SOAK, name: "rest" }])).toEqual([STEADY, SOAK]);
  expect(phasesOf(runFile({ phases: [STEADY] }))).toEqual([STEADY]);
  expect(phasesOf(WINDOW_FACTS)).toEqual([WINDOW_FACTS.window]);
});
