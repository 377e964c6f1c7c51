import type { JsonSchema } from "./kind.ts";
import { fileShape } from "./shape.ts";

/** JSON Schema (draft 2020-12) of the objectives file, made from the same table that reads it. */
export function objectivesSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Objectives",
    description: "What a service promises, as Proving Ground judges it.",
    ...fileShape.schema,
  };
}
