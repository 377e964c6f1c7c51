import type { ReportedObjective } from "../../core/report.ts";
import { bytesOf, type Markup } from "./markup.ts";
import type { Detail } from "./objective.ts";

/** How one objective is told: its row in the table, and its section. */
export interface Ways {
  readonly row: (linked: boolean) => Markup;
  readonly section: (detail: Detail) => Markup;
}

interface Told {
  readonly objective: ReportedObjective;
  readonly ways: Ways;
}

export interface Chosen {
  readonly rows: readonly Markup[];
  readonly sections: readonly Markup[];
  readonly left: {
    readonly rows: readonly ReportedObjective[];
    readonly facts: readonly ReportedObjective[];
    readonly pictures: readonly ReportedObjective[];
  };
}

/** Share of the room that rows may take; sections need some as well. */
const ROWS = 0.4;
/** Of what is then left: for everything about what is not met, before anything about what is. */
const UNMET = 0.7;

/**
 * Chooses what fits into `room` bytes, `all` being in the order of their weight: rows first, then all there is of what
 * was not met, then facts of the rest, then their pictures.
 */
export function choose(all: readonly Told[], room: number): Chosen {
  const rows = taken(all, room * ROWS, ({ ways }) => bytesOf(ways.row(true)));
  let free = room - rows.used;
  const details = new Map<Told, { readonly detail: Detail; readonly section: Markup; readonly bytes: number }>();
  const add = (told: Told, detail: Detail, most: number) => {
    const section = told.ways.section(detail);
    const bytes = bytesOf(section);
    const before = details.get(told)?.bytes ?? 0;
    if (bytes - before > most) return false;
    details.set(told, { detail, section, bytes });
    free -= bytes - before;
    return true;
  };
  const unmet = rows.kept.filter(({ objective }) => objective.verdict !== "pass");
  let share = free * UNMET;
  for (const told of unmet) {
    const before = free;
    if (!add(told, "pictures", share)) break;
    share -= before - free;
  }
  for (const told of rows.kept) if (!details.has(told) && !add(told, "facts", free)) break;
  for (const told of rows.kept) if (details.get(told)?.detail === "facts" && !add(told, "pictures", free)) break;
  const objectives = (some: readonly Told[]) => some.map(({ objective }) => objective);
  return {
    rows: rows.kept.map((told) => told.ways.row(details.has(told))),
    sections: rows.kept.flatMap((told) => details.get(told)?.section ?? []),
    left: {
      rows: objectives(all.slice(rows.kept.length)),
      facts: objectives(rows.kept.filter((told) => !details.has(told))),
      pictures: objectives(rows.kept.filter((told) => details.get(told)?.detail === "facts")),
    },
  };
}

function taken(all: readonly Told[], room: number, bytes: (told: Told) => number) {
  let used = 0;
  const end = all.findIndex((told) => {
    const own = bytes(told);
    if (used + own > room) return true;
    used += own;
    return false;
  });
  return { kept: end === -1 ? all : all.slice(0, end), used };
}
