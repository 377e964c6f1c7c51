import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matcher } from "./objective.ts";
import { formatSelector, parseSelector, quotedSelector } from "./selector.ts";

const value = (text: string) => {
  const parsed = parseSelector(text);
  return parsed.kind === "ok" ? parsed.value : parsed.problems;
};

/** Each problem as the text it points at, its message and its hint. */
const problems = (text: string) => {
  const parsed = parseSelector(text);
  if (parsed.kind === "ok") return parsed.value;
  for (const p of parsed.problems) expect(p.offset + p.length, "beyond the text").toBeLessThanOrEqual(text.length + 1);
  return parsed.problems.map((p) => `${text.slice(p.offset, p.offset + p.length)} ← ${p.message} → ${p.hint}`);
};

describe("parseSelector reads", () => {
  const a = { label: "a", op: "=", value: "b" };
  test.each([
    ["up", { metric: "up", matchers: [] }],
    ["job:http:rate5m {}", { metric: "job:http:rate5m", matchers: [] }],
    ["up # all of them", { metric: "up", matchers: [] }],
    ['up{a="b", # why\nc="d"}', { metric: "up", matchers: [a, { label: "c", op: "=", value: "d" }] }],
    [
      `x{a="1",b!='2',c=~\`3\\d\`,d!~"4.*",}`,
      {
        metric: "x",
        matchers: [
          { label: "a", op: "=", value: "1" },
          { label: "b", op: "!=", value: "2" },
          { label: "c", op: "=~", value: "3\\d" },
          { label: "d", op: "!~", value: "4.*" },
        ],
      },
    ],
    ['{"my.metric"}', { metric: "my.metric", matchers: [] }],
    ['{"my.metric","la.bel"="v"}', { metric: "my.metric", matchers: [{ label: "la.bel", op: "=", value: "v" }] }],
    ['x{a="("}', { metric: "x", matchers: [{ label: "a", op: "=", value: "(" }] }],
    ['x{on="1"}', { metric: "x", matchers: [{ label: "on", op: "=", value: "1" }] }],
    [
      'x{a="\\"\\\\\\n\\x41\\101\\u00e9\\U0001F600\\xc3\\xa9"}',
      { metric: "x", matchers: [{ label: "a", op: "=", value: '"\\\nAAé😀é' }] },
    ],
    ["x{a='it\\'s'}", { metric: "x", matchers: [{ label: "a", op: "=", value: "it's" }] }],
  ])("%s", (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test("where the name and the matchers stand", () => {
    expect(parseSelector('up{job="a", b="c"}')).toMatchObject({
      metricAt: { offset: 0, length: 2 },
      matchersAt: [
        { offset: 3, length: 7 },
        { offset: 12, length: 5 },
      ],
    });
  });
});

const SHAPE = 'a selector looks like metric{label="value",other=~"regex"}';

describe("parseSelector refuses", () => {
  test.each([
    ["x[5m]", "[5m] ← `[5m]` has no place in a selector: the judge asks for the phase's own span → write x"],
    [
      "x[$phase]",
      "[$phase] ← `[$phase]` has no place in a selector: the judge asks for the phase's own span → write x",
    ],
    [
      'x{a="b"} offset 5m',
      'offset 5m ← `offset 5m` has no place in a selector: the judge asks for the phase\'s own span → write x{a="b"}',
    ],
    ["x @ 5", "@ 5 ← `@ 5` has no place in a selector: the judge asks for the phase's own span → write x"],
    [
      'rate(x{a="b"}[5m])',
      'rate(x{a="b"}[5m]) ← a function\'s result is not a selector → write the series alone, as x{a="b"}; an indicator `query` takes any PromQL',
    ],
    [
      "sum(x)",
      "sum(x) ← an aggregation is not a selector → write the series alone, as x; an indicator `query` takes any PromQL",
    ],
    [
      "x + y",
      "x + y ← an expression is not a selector → write the series alone, as x; an indicator `query` takes any PromQL",
    ],
    [
      "(x)",
      "(x) ← an expression is not a selector → write the series alone, as x; an indicator `query` takes any PromQL",
    ],
    [
      "5",
      '5 ← a number is not a selector → write the series alone, as metric{label="value"}; an indicator `query` takes any PromQL',
    ],
    [
      '"x"',
      '"x" ← a string is not a selector → write the series alone, as metric{label="value"}; an indicator `query` takes any PromQL',
    ],
    ['x{a="b"', " ← the PromQL ends too early → add `}`"],
    ['x{a="b}', '"b} ← this quote is never closed → close it with " on the same line'],
    ['x{a=="b"}', "= ← PromQL does not allow `=` here → one `=` compares a label; `=~` matches a regular expression"],
    ["x{a=5}", '5 ← PromQL does not allow `5` here → a label\'s value stands in quotes: "5"'],
    ['x{a="b" c="d"}', "c ← PromQL does not allow `c` here → label matchers are separated by commas"],
    ["x y", `y ← PromQL does not allow \`y\` here → ${SHAPE}`],
    ["x{,}", `, ← PromQL does not allow \`,\` here → ${SHAPE}`],
    ["métrique", `é ← PromQL does not allow \`é\` here → ${SHAPE}`],
    ["x{a=$phase}", '$phase ← PromQL does not allow `$phase` here → a label\'s value stands in quotes: "$phase"'],
    ["", ' ← there is no PromQL here → write a metric, such as http_requests_total{job="api"}'],
    ["  ", '   ← there is no PromQL here → write a metric, such as http_requests_total{job="api"}'],
    ['{a="b"}', '{a="b"} ← the selector names no metric → write it before the braces: metric{label="value"}'],
    ['{""}', '{""} ← the selector names no metric → write it before the braces: metric{label="value"}'],
    ["# x", " ← the PromQL ends too early → finish the expression"],
    ['{__name__="x"}', '__name__="x" ← the metric\'s name does not stand in a `__name__` matcher here → write x{…}'],
    [
      '{__name__=~"x.*"}',
      '__name__=~"x.*" ← the metric\'s name does not stand in a `__name__` matcher here → one objective judges one metric; write its name before the braces',
    ],
    ['x{"y"}', '"y" ← a second metric name → one selector names one metric'],
    [
      'x{a="\\q"}',
      "\\q ← PromQL knows no escape `\\q` → write a backslash as `\\\\`, or put the value in backticks, which take it as it is",
    ],
    [
      'x{a="5\\d"}',
      "\\d ← PromQL knows no escape `\\d` → write a backslash as `\\\\`, or put the value in backticks, which take it as it is",
    ],
    [
      'x{a="\\\'"}',
      "\\' ← PromQL knows no escape `\\'` → write a backslash as `\\\\`, or put the value in backticks, which take it as it is",
    ],
    [
      '{"\\q"}',
      "\\q ← PromQL knows no escape `\\q` → write a backslash as `\\\\`, or put the value in backticks, which take it as it is",
    ],
    [
      'x{"\\q"="v"}',
      "\\q ← PromQL knows no escape `\\q` → write a backslash as `\\\\`, or put the value in backticks, which take it as it is",
    ],
    [
      'x{a="\\xff"}',
      '"\\xff" ← the escapes of this string do not make valid UTF-8 → write a backslash as `\\\\`, or put the value in backticks, which take it as it is',
    ],
    [
      'x{a=~"("}',
      '"(" ← this regular expression does not compile: missing closing ): `(` → Prometheus uses RE2: no look-around, no back-references',
    ],
    [
      'x{a!~"(?=y)"}',
      '"(?=y)" ← this regular expression does not compile: invalid or unsupported Perl syntax: `(?=` → Prometheus uses RE2: no look-around, no back-references',
    ],
  ])("%s", (text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  test.each([
    ["x[5m]", "not-a-selector"],
    ["sum(x)", "not-a-selector"],
    ['{a="b"}', "metric-name"],
    ['x{"y"}', "metric-name"],
    ['{__name__="x"}', "metric-name"],
    ['x{a="\\q"}', "promql-string"],
    ['x{a=~"("}', "regex"],
  ])("%s with the code %s", (text, code) => {
    expect(parseSelector(text)).toMatchObject({ kind: "problems", problems: [{ code }] });
  });

  test("every matcher's problem at once", () => {
    expect(problems('x{a=~"(",b=~"["}')).toHaveLength(2);
  });

  test("a text beyond the limit, and one nested deeply, in bounded work", () => {
    expect(problems("x".repeat(40_000))).toEqual([expect.stringContaining("at most 32768 are read")]);
    expect(problems("(".repeat(30_000))).toHaveLength(1);
    expect(problems(`x{a=~"${"(".repeat(30_000)}"}`)).toEqual([expect.stringContaining("does not compile")]);
  });
});

describe("formatSelector", () => {
  test.each([
    [{ metric: "up", matchers: [] }, [], "up"],
    [{ metric: "up", matchers: [{ label: "a", op: "=~", value: "5.." }] }, [], 'up{a=~"5.."}'],
    [{ metric: "up", matchers: [] }, [{ label: "le", op: "=", value: "0.3" }], 'up{le="0.3"}'],
    [
      { metric: "my.metric", matchers: [{ label: "l.b", op: "!=", value: 'q"\\\n' }] },
      [],
      '{__name__="my.metric","l.b"!="q\\"\\\\\\n"}',
    ],
    [{ metric: "NaN", matchers: [] }, [], '{__name__="NaN"}'],
    [{ metric: "on", matchers: [] }, [], '{__name__="on"}'],
  ] as const)("%j %j", (selector, extra, expected) => {
    expect(formatSelector(selector, extra)).toBe(expected);
  });

  test.each([
    [{ metric: "up", matchers: [] }, "up"],
    [{ metric: "up", matchers: [{ label: "a", op: "=", value: "b" }] }, 'up{a="b"}'],
    [
      {
        metric: 'my "metric"',
        matchers: [
          { label: "l.b", op: "!=", value: "q" },
          { label: "c", op: "=~", value: "d" },
        ],
      },
      '{"my \\"metric\\"","l.b"!="q",c=~"d"}',
    ],
  ] as const)("as is read back, an unusual name in quotes: %j", (selector, expected) => {
    expect(quotedSelector(selector)).toBe(expected);
    expect(value(expected)).toEqual(selector);
  });

  test("reads back as the same selector, whatever the values", () => {
    const matcher: fc.Arbitrary<Matcher> = fc.record({
      label: fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
      op: fc.constantFrom("=" as const, "!=" as const),
      value: fc.string({ unit: "binary" }),
    });
    const selector = fc.record({ metric: fc.stringMatching(/^m[a-z0-9_:]{0,8}$/), matchers: fc.array(matcher) });
    fc.assert(
      fc.property(selector, (given) => {
        expect(value(formatSelector(given))).toEqual(given);
      }),
    );
  });
});
