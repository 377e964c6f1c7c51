import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createBoard, duration } from "./progress.ts";

function board(tty: boolean, columns = 60) {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let text = "";
  const screen = {
    write: (more: string) => {
      text += more;
    },
    tty,
    color: false,
    columns: () => columns,
  };
  return { board: createBoard(screen), text: () => text };
}

describe("where lines cannot be drawn over", () => {
  test("says what takes long after a second, every 15 seconds, and at the end", () => {
    const { board: lines, text } = board(false);
    const line = lines.line("k6", "building");
    vi.advanceTimersByTime(16_500);
    line.update("linking");
    vi.advanceTimersByTime(15_000);
    line.done("2.2.0");
    expect(text()).toBe(`· k6          building … 1 s
· k6          building … 16 s
· k6          linking … 31 s
✓ k6          2.2.0 (32 s)
`);
  });

  test("says one line of what takes less than a second", () => {
    const { board: lines, text } = board(false);
    lines.line("k6", "looking").done("2.2.0 from path");
    vi.advanceTimersByTime(60_000);
    expect(text()).toBe("✓ k6          2.2.0 from path\n");
  });
});

describe("at a terminal", () => {
  test("draws every open line anew at least once a second, and what ended above them", () => {
    const { board: lines, text } = board(true);
    const k6 = lines.line("k6", "building");
    const other = lines.line("prometheus", "reading");
    const before = text().length;
    vi.advanceTimersByTime(1_000);
    const redrawn = text().slice(before);
    expect(redrawn.match(/· k6 {10}building … \d s\n· prometheus {2}reading … \d s\n/g)).toHaveLength(2);
    k6.fail("cannot be had");
    expect(text().endsWith("\u001b[2A\u001b[0J✗ k6          cannot be had (1 s)\n· prometheus  reading … 1 s\n")).toBe(
      true,
    );
    other.done("3.5.3");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("cuts lines that would wrap: they could not be drawn over", () => {
    const { board: lines, text } = board(true, 20);
    lines.line("k6", "building it from its module");
    expect(text()).toBe("· k6          build\n");
    lines.close();
  });
});

test.each([
  [400, "0 s"],
  [59_400, "59 s"],
  [125_000, "2 min 5 s"],
])("%i ms: %s", (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
