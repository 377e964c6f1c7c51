import * as z from "zod";
import { decodeCursor } from "./cursor.ts";

/** PostgreSQL's text cannot hold U+0000. */
function storable<Schema extends z.ZodString>(schema: Schema): Schema {
  return schema.refine((value) => !value.includes("\u0000"), { error: "must not contain the character U+0000" });
}

const earliest = Date.parse("1970-01-01T00:00:00Z");
const latest = Date.parse("9999-12-31T23:59:59.999Z");

// Normalized to UTC: PostgreSQL refuses offsets beyond ±15:59, which RFC 3339 allows.
const instant = z.iso
  .datetime({ offset: true, abort: true, error: "must be an RFC 3339 date and time, such as 2026-01-31T12:00:00Z" })
  // Seen by the OpenAPI document as well, unlike the check below, which is exact to the second.
  .regex(/^(19[7-9]\d|[2-9]\d{3})-/, { abort: true, error: "must lie in the years 1970 to 9999" })
  .refine((value) => Date.parse(value) >= earliest && Date.parse(value) <= latest, {
    abort: true,
    error: "must lie in the years 1970 to 9999",
  })
  .transform((value) => new Date(value).toISOString());

const title = storable(z.string().trim().min(1, { error: "must not be blank" }).max(200)).meta({
  description: "What is to be done, 1 to 200 characters.",
  example: "Water the plants",
});
const description = storable(z.string().max(4000)).meta({ description: "Details, at most 4000 characters." });
const priority = z.enum(["low", "normal", "high"]).meta({ description: "How much it matters." });
const dueAt = instant.nullable().meta({ description: "When it is due; null if never." });

export const statuses = ["open", "in_progress", "completed"] as const;
const status = z.enum(statuses).meta({ description: "Where the task stands." });

export const taskSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    description: z.string(),
    status,
    priority,
    dueAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    completedAt: z.iso.datetime().nullable().meta({ description: "Set if and only if the status is completed." }),
  })
  .meta({ id: "Task" });

export const createSchema = z
  .strictObject({
    title,
    description: description.default(""),
    priority: priority.default("normal"),
    dueAt: dueAt.default(null),
  })
  .meta({ id: "TaskCreate" });

export const updateSchema = z
  .strictObject({
    title: title.optional(),
    description: description.optional(),
    priority: priority.optional(),
    dueAt: dueAt.optional(),
    status: z
      .enum(["open", "in_progress"], {
        error: "must be open or in_progress; POST /tasks/{id}/complete completes a task",
      })
      .optional()
      .meta({ description: "Moves the task; takes a completed one up again." }),
  })
  .refine((changes) => Object.keys(changes).length > 0, { error: "must change at least one field" })
  .meta({ id: "TaskUpdate", minProperties: 1 });

export const idSchema = z.object({ id: z.uuid({ error: "must be a UUID" }) });

const badCursor = "must be the nextCursor of an earlier page";

export const listSchema = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, { error: "must be a whole number from 1 to 100", abort: true })
    .transform(Number)
    .refine((value) => value >= 1 && value <= 100, { error: "must be a whole number from 1 to 100" })
    .default(20)
    .meta({
      description: "Tasks a page.",
      override: ({ jsonSchema }) =>
        void Object.assign(jsonSchema, { type: "integer", minimum: 1, maximum: 100, default: 20, pattern: undefined }),
    }),
  cursor: z
    .string()
    .regex(/^[\w-]{21}[AQgw]$/, { abort: true, error: badCursor })
    .transform((value, context) => {
      const after = decodeCursor(value);
      if (after !== undefined) return after;
      context.addIssue({ code: "custom", message: badCursor });
      return z.NEVER;
    })
    .optional()
    .meta({ description: "`nextCursor` of the page before." }),
  status: status.optional(),
  priority: priority.optional(),
  dueBefore: instant.optional().meta({ description: "Only tasks that are due before this time." }),
  q: storable(z.string().min(1).max(100))
    .optional()
    .meta({ description: 'Words of the title; `"…"` for a phrase, `-word` to exclude.' }),
});

export const pageSchema = z
  .object({
    items: z.array(taskSchema),
    nextCursor: z.string().nullable().meta({ description: "Asks for the next page; null on the last one." }),
  })
  .meta({ id: "TaskPage" });

const count = z.int().min(0);

export const summarySchema = z
  .object({
    total: count,
    byStatus: z.object({ open: count, in_progress: count, completed: count }),
    overdue: count.meta({ description: "Due before now and not completed." }),
    completionRatio: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .meta({ description: "Completed ÷ total; null if there are none." }),
  })
  .meta({ id: "TaskSummary" });

export type Task = z.infer<typeof taskSchema>;
export type TaskCreate = z.infer<typeof createSchema>;
export type TaskUpdate = z.infer<typeof updateSchema>;
export type TaskFilter = z.infer<typeof listSchema>;
export type TaskPage = z.infer<typeof pageSchema>;
export type TaskSummary = z.infer<typeof summarySchema>;
export type Status = z.infer<typeof status>;
