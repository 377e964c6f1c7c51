import express, { type RequestHandler } from "express";
import { Problem } from "./problem.ts";

const mediaType = "application/json";

const requireJson: RequestHandler = (request, _response, next) => {
  // No body at all (`is` gives null, or false for a declared length of 0) is for the schema to judge.
  if (request.is(mediaType) !== false || request.headers["content-length"] === "0") return next();
  throw new Problem("unsupported-media-type", {
    detail: `Send the body as ${mediaType}.`,
    headers: { Accept: mediaType },
  });
};

/** Reads a JSON body; only on routes that have one, since it costs every request that passes through. */
export const readBody: RequestHandler[] = [requireJson, express.json({ limit: "64kb", type: mediaType })];
