import exec from "k6/execution";
import { expectBody, type RequestKind, type Send } from "../lib/client.ts";

const create = { method: "POST", route: "/tasks", expect: 201 } as const;
const read = { method: "GET", route: "/tasks/:id", expect: 200 } as const;
const list = { method: "GET", route: "/tasks", expect: 200 } as const;
const summary = { method: "GET", route: "/tasks/summary", expect: 200 } as const;
const update = { method: "PATCH", route: "/tasks/:id", expect: 200 } as const;
const complete = { method: "POST", route: "/tasks/:id/complete", expect: 200 } as const;
const remove = { method: "DELETE", route: "/tasks/:id", expect: 204 } as const;

/** Every request of one undisturbed journey, in order: the plan counts on it. Six reads, four writes. */
export const steps: readonly RequestKind[] = [create, read, list, list, summary, update, read, complete, list, remove];

const priorities = ["low", "normal", "high"] as const;

interface Task {
  readonly id: string;
  readonly title: string;
}

interface Page {
  readonly items: readonly Task[];
  readonly nextCursor: string | null;
}

/**
 * One user works on one task: creates it, looks around, changes it, completes it, removes it. The table is as large
 * after it as before. A step that fails ends the journey, since the rest hangs on it.
 */
export function taskJourney(send: Send): void {
  const title = `task ${exec.scenario.name} ${exec.scenario.iterationInTest}`;
  const created = send(create, "/tasks", { title, priority: priorities[exec.scenario.iterationInTest % 3] });
  if (created === null) return;
  const task = expectBody<Task>(created, "a created task has its id", (body) => typeof body.id === "string");
  if (task === null) return;
  const path = `/tasks/${task.id}`;

  const fetched = send(read, path);
  if (fetched === null) return;
  expectBody<Task>(fetched, "a created task reads back", (body) => body.title === title);

  const page = send(list, "/tasks?limit=20");
  if (page === null) return;
  const first = expectBody<Page>(page, "a page is full", (body) => body.items.length === 20);
  const cursor = first?.nextCursor ?? null;
  if (send(list, `/tasks?limit=20${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`) === null) return;

  if (send(summary, "/tasks/summary") === null) return;
  if (send(update, path, { title: `${title}, changed` }) === null) return;
  if (send(read, path) === null) return;
  if (send(complete, `${path}/complete`) === null) return;
  if (send(list, "/tasks?status=completed&limit=20") === null) return;
  send(remove, path);
}
