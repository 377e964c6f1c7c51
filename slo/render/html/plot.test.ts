import { expect, it } from "vitest";
import { linearAxis } from "./axis.ts";
import { plot } from "./plot.ts";

const labels = (...places: readonly number[]) => {
  const x = places.map((at) => ({ at, text: `at ${at}` }));
  const y = linearAxis(0, "ratio");
  const drawn = plot({
    title: "t",
    description: "d",
    y,
    yText: "y",
    x,
    xText: "x",
    bands: [],
    shapes: [],
    limit: null,
  });
  return places.filter((at) => drawn.text.includes(`>at ${at}<`));
};

it.each([
  [
    [0, 0.3, 0.51, 0.72],
    [0, 0.3, 0.51, 0.72],
  ],
  [
    [0, 0.28, 0.5],
    [0, 0.5],
  ],
  [
    [0.5, 0.69, 0.71],
    [0.5, 0.71],
  ],
  [[0.7, 0.91], [0.7]],
  [
    [0.61, 0.91],
    [0.61, 0.91],
  ],
])("labels at %j leave room for each other, those at the ends beside their place: %j", (places, shown) => {
  expect(labels(...places)).toEqual(shown);
});
