import { value } from "./ask.ts";
import type { ComposeStack } from "./compose-stack.ts";
import { until } from "./poll.ts";

/**
 * Waits until every target of a job (of all jobs, without a name) was scraped after this moment, unix seconds: whatever
 * was scraped of it before is stored by then, on however slow a machine.
 */
export async function untilScrapedAfter(stack: ComposeStack, at: number, job?: string): Promise<void> {
  const up = job === undefined ? "up" : `up{job="${job}"}`;
  await until(`a scrape of every target of ${up} after ${at}`, 120, async () =>
    ((await value(stack, `min(timestamp(${up}))`)) ?? 0) > at ? true : null,
  );
}
