import type { Handlers } from "../http/operation.ts";
import { Problem } from "../http/problem.ts";
import type { taskOperations } from "./operations.ts";
import type { TaskStore } from "./store.ts";

/** Told about what happened to tasks, once it has. */
export interface TaskObserver {
  created: () => void;
  completed: () => void;
  deleted: () => void;
}

function found<Value>(value: Value | undefined, id: string): Value {
  if (value !== undefined) return value;
  throw new Problem("not-found", { detail: `There is no task ${id}.` });
}

export function createTaskHandlers(store: TaskStore, observer: TaskObserver): Handlers<typeof taskOperations> {
  return {
    createTask: async ({ body }) => {
      const task = await store.create(body);
      observer.created();
      return { body: task, headers: { Location: `/tasks/${task.id}` } };
    },
    listTasks: async ({ query }) => ({ body: await store.list(query) }),
    summarizeTasks: async () => ({ body: await store.summary() }),
    getTask: async ({ params: { id } }) => ({ body: found(await store.get(id), id) }),
    updateTask: async ({ params: { id }, body }) => ({ body: found(await store.update(id, body), id) }),
    deleteTask: async ({ params: { id } }) => {
      found((await store.remove(id)) || undefined, id);
      observer.deleted();
      return {};
    },
    completeTask: async ({ params: { id } }) => {
      const { task, changed } = found(await store.complete(id), id);
      if (changed) observer.completed();
      return { body: task };
    },
  };
}
