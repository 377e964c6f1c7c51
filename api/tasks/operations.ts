import type { Operations } from "../http/operation.ts";
import { createSchema, idSchema, listSchema, pageSchema, summarySchema, taskSchema, updateSchema } from "./schemas.ts";

const one = { params: idSchema, authenticated: true, problems: ["not-found"] } as const;

/** All that can be done to tasks; the names are OpenAPI's operationIds. */
export const taskOperations = {
  createTask: {
    method: "POST",
    path: "/tasks",
    summary: "Create a task",
    authenticated: true,
    body: createSchema,
    success: {
      status: 201,
      description: "The new task.",
      body: taskSchema,
      headers: { Location: "Path of the new task." },
    },
    problems: [],
  },
  listTasks: {
    method: "GET",
    path: "/tasks",
    summary: "List tasks",
    description: "Newest first, page by page. Filters add up. A page stays stable while tasks are created.",
    authenticated: true,
    query: listSchema,
    success: { status: 200, description: "One page of tasks.", body: pageSchema },
    problems: [],
  },
  summarizeTasks: {
    method: "GET",
    path: "/tasks/summary",
    summary: "Count tasks",
    authenticated: true,
    success: { status: 200, description: "Counts over all tasks.", body: summarySchema },
    problems: [],
  },
  getTask: {
    ...one,
    method: "GET",
    path: "/tasks/:id",
    summary: "Get a task",
    success: { status: 200, description: "The task.", body: taskSchema },
  },
  updateTask: {
    ...one,
    method: "PATCH",
    path: "/tasks/:id",
    summary: "Update a task",
    description: "Changes the fields that are named and leaves the others. A status takes a completed task up again.",
    body: updateSchema,
    success: { status: 200, description: "The task as it is now.", body: taskSchema },
  },
  deleteTask: {
    ...one,
    method: "DELETE",
    path: "/tasks/:id",
    summary: "Delete a task",
    success: { status: 204, description: "It is gone." },
  },
  completeTask: {
    ...one,
    method: "POST",
    path: "/tasks/:id/complete",
    summary: "Complete a task",
    description: "Idempotent: a task completed before is answered as it is, with its first completedAt.",
    success: { status: 200, description: "The completed task.", body: taskSchema },
  },
} as const satisfies Operations;
