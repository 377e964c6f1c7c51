import type { Database } from "../db/database.ts";
import { encodeCursor } from "./cursor.ts";
import type { Task, TaskCreate, TaskFilter, TaskPage, TaskSummary, TaskUpdate } from "./schemas.ts";
import * as sql from "./statements.ts";

/** The tasks in PostgreSQL. What is undefined does not exist. */
export interface TaskStore {
  create: (task: TaskCreate) => Promise<Task>;
  list: (filter: TaskFilter) => Promise<TaskPage>;
  summary: () => Promise<TaskSummary>;
  get: (id: string) => Promise<Task | undefined>;
  update: (id: string, changes: TaskUpdate) => Promise<Task | undefined>;
  /** `changed` is false where the task was completed before. */
  complete: (id: string) => Promise<{ task: Task; changed: boolean } | undefined>;
  remove: (id: string) => Promise<boolean>;
}

interface SummaryRow {
  open: number;
  in_progress: number;
  completed: number;
  overdue: number;
}

function toSummary({ overdue, ...byStatus }: SummaryRow): TaskSummary {
  const total = byStatus.open + byStatus.in_progress + byStatus.completed;
  return { total, byStatus, overdue, completionRatio: total === 0 ? null : byStatus.completed / total };
}

function toPage(rows: Task[], limit: number): TaskPage {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(last.id) : null };
}

function only<Row>(rows: Row[], statement: string): Row {
  const [row] = rows;
  if (row === undefined) throw new Error(`${statement} returned no row`);
  return row;
}

export function createTaskStore(database: Database): TaskStore {
  const one = async (statement: { name: string; text: string }, values: unknown[]) =>
    (await database.query<Task>(statement, values))[0];
  return {
    create: async (task) => {
      const values = [task.title, task.description, task.priority, task.dueAt];
      return only(await database.query<Task>(sql.insertTask, values), sql.insertTask.name);
    },
    list: async (filter) => {
      const { statement, values } = sql.listTasks(filter);
      return toPage(await database.query<Task>(statement, values), filter.limit);
    },
    summary: async () =>
      toSummary(only(await database.query<SummaryRow>(sql.summarizeTasks, []), sql.summarizeTasks.name)),
    get: (id) => one(sql.getTask, [id]),
    update: (id, changes) => {
      const { statement, values } = sql.updateTask(id, changes);
      return one(statement, values);
    },
    complete: async (id) => {
      const [row] = await database.query<Task & { changed: boolean }>(sql.completeTask, [id]);
      if (row === undefined) return undefined;
      const { changed, ...task } = row;
      return { task, changed };
    },
    remove: async (id) => (await database.query(sql.deleteTask, [id])).length > 0,
  };
}
