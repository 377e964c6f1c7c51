import type { FoundTool, Tool } from "./types.ts";
import type { Workshop } from "./workshop.ts";

/** A way that looks for what is there already. */
export type Look = (tool: Tool, shop: Workshop) => Promise<Looked>;
export type Looked = { readonly kind: "found"; readonly found: FoundTool } | Missed;

/** A way that brings a program into the workshop's scratch folder. `say` shows what it is doing. */
export type Bring = (tool: Tool, shop: Workshop, say: (text: string) => void) => Promise<Brought>;
export type Brought = { readonly kind: "brought"; readonly file: string; readonly why: string } | Missed;

export interface Missed {
  readonly kind: "missed";
  readonly why: string;
}

export const NONE_ON_PATH = "none on PATH";

export const missed = (why: string): Missed => ({ kind: "missed", why });
