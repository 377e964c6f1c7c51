import type { Statement } from "../db/database.ts";
import type { TaskFilter, TaskUpdate } from "./schemas.ts";

const columns = `id, title, description, status, priority, due_at AS "dueAt", created_at AS "createdAt",
  updated_at AS "updatedAt", completed_at AS "completedAt"`;

// now() is when the statement arrived, before it waited for whoever changed the task meanwhile.
const laterNow = "greatest(updated_at, statement_timestamp())";

export const insertTask: Statement = {
  name: "task_insert",
  text: `INSERT INTO tasks (title, description, priority, due_at) VALUES ($1, $2, $3, $4) RETURNING ${columns}`,
};

export const getTask: Statement = { name: "task_get", text: `SELECT ${columns} FROM tasks WHERE id = $1` };

export const deleteTask: Statement = { name: "task_delete", text: "DELETE FROM tasks WHERE id = $1 RETURNING id" };

export const completeTask: Statement = {
  name: "task_complete",
  // One statement, whether it was completed before or not: between two, another client could take the task up again.
  text: `UPDATE tasks SET status = 'completed', completed_at = coalesce(completed_at, ${laterNow}),
    updated_at = CASE WHEN status = 'completed' THEN updated_at ELSE ${laterNow} END
    WHERE id = $1 RETURNING ${columns}, old.status <> 'completed' AS changed`,
};

export const summarizeTasks: Statement = {
  name: "tasks_summary",
  text: `SELECT count(*) FILTER (WHERE status = 'open')::int AS open,
    count(*) FILTER (WHERE status = 'in_progress')::int AS in_progress,
    count(*) FILTER (WHERE status = 'completed')::int AS completed,
    count(*) FILTER (WHERE status <> 'completed' AND due_at < now())::int AS overdue FROM tasks`,
};

/** A statement with its values, made for one request. */
export interface Prepared {
  statement: Statement;
  values: unknown[];
}

const listName = "tasks_list";
const updateName = "task_update";

/** Names of all statements on tasks, for metrics that start at zero. */
export const taskStatements = [
  ...[insertTask, getTask, deleteTask, completeTask, summarizeTasks].map((statement) => statement.name),
  listName,
  updateName,
];

/** Newest first, one row more than the page holds: the extra row tells that there is another page. */
export function listTasks(filter: TaskFilter): Prepared {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    filter.cursor && `id < ${bind(filter.cursor)}`,
    filter.status && `status = ${bind(filter.status)}`,
    filter.priority && `priority = ${bind(filter.priority)}`,
    filter.dueBefore && `due_at < ${bind(filter.dueBefore)}`,
    filter.q && `to_tsvector('simple', title) @@ websearch_to_tsquery('simple', ${bind(filter.q)})`,
  ].filter((condition) => condition);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  const text = `SELECT ${columns} FROM tasks ${where} ORDER BY id DESC LIMIT ${bind(filter.limit + 1)}`;
  return { statement: { name: listName, text }, values };
}

const columnOf: Record<keyof TaskUpdate, string> = {
  title: "title",
  description: "description",
  priority: "priority",
  dueAt: "due_at",
  status: "status",
};

/** Sets the named fields only. A status other than completed takes the task up again. */
export function updateTask(id: string, changes: TaskUpdate): Prepared {
  const values: unknown[] = [id];
  const fields = Object.keys(columnOf) as (keyof TaskUpdate)[];
  const sets = fields
    .filter((field) => changes[field] !== undefined)
    .map((field) => `${columnOf[field]} = $${values.push(changes[field])}`);
  if (changes.status !== undefined) sets.push("completed_at = NULL");
  const text = `UPDATE tasks SET ${sets.join(", ")}, updated_at = ${laterNow} WHERE id = $1 RETURNING ${columns}`;
  return { statement: { name: updateName, text }, values };
}
