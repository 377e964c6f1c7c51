import { Fault } from "../lib/fault.ts";
import type { Platform } from "./load-stack.ts";
import { nativePlatform } from "./native/platform.ts";
import type { LoadRequest } from "./request.ts";

/** What the system shall run on, and why; throws a Fault for what is not there. */
export function choosePlatform(request: LoadRequest): Platform {
  switch (request.stack) {
    case "compose":
      throw new Fault("stack", "--stack compose: there is no Compose stack yet", "Use --stack native.", 2);
    case "native":
      return nativePlatform("native, as asked");
    case "auto":
      return nativePlatform("native, the only one there is yet");
    default:
      return request.stack satisfies never;
  }
}
