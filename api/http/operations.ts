import * as z from "zod";
import { taskOperations } from "../tasks/operations.ts";
import type { Handlers, Operations } from "./operation.ts";
import { type Endpoint, endpoint } from "./routes.ts";

const documentOperations = {
  getOpenApi: {
    method: "GET",
    path: "/openapi.json",
    summary: "This document",
    authenticated: false,
    success: { status: 200, description: "OpenAPI 3.1.", body: z.looseObject({}) },
    problems: [],
  },
} as const satisfies Operations;

/** Everything the public port does. */
export const operations = { ...taskOperations, ...documentOperations };

/** @returns each operation bound to its handler */
export function createEndpoints(tasks: Handlers<typeof taskOperations>): Endpoint[] {
  let document: Promise<unknown> | undefined;
  // Imported at the first question: it is a fifth of the start, and serving tasks does not need it.
  const openApi = () => import("./openapi.ts").then(({ createOpenApi }) => createOpenApi(operations));
  return [
    endpoint(operations.createTask, tasks.createTask),
    endpoint(operations.listTasks, tasks.listTasks),
    endpoint(operations.summarizeTasks, tasks.summarizeTasks),
    endpoint(operations.getTask, tasks.getTask),
    endpoint(operations.updateTask, tasks.updateTask),
    endpoint(operations.deleteTask, tasks.deleteTask),
    endpoint(operations.completeTask, tasks.completeTask),
    endpoint(operations.getOpenApi, async () => {
      document ??= openApi();
      return { body: await document };
    }),
  ];
}
