import { TAG } from "../../build/names.ts";
import type { Finding, Rule } from "../finding.ts";

const UID = /^[a-z0-9-]{1,40}$/;

/** A dashboard's address stays: its uid is its file's name. It has a description, the tag, and links to the others. */
export const addressed: Rule = {
  name: "addressed",
  check: (dashboard, file) => {
    const finding = (text: string): Finding => ({ rule: "addressed", place: dashboard.title, text });
    const { uid = "", tags = [], links = [], description = "" } = dashboard;
    return [
      ...(UID.test(uid) ? [] : [finding(`the uid "${uid}" is not 1 to 40 of a-z, 0-9 and -`)]),
      ...(file === `${uid}.json` ? [] : [finding(`the uid "${uid}" is not the name of its file, ${file}`)]),
      ...(description.trim() === "" ? [finding("the dashboard needs a description")] : []),
      ...(tags.includes(TAG) ? [] : [finding(`the dashboard needs the tag "${TAG}": the links go by it`)]),
      ...(links.some(({ type, tags: to = [] }) => type === "dashboards" && to.includes(TAG))
        ? []
        : [finding(`the dashboard needs a link to all with the tag "${TAG}"`)]),
    ];
  },
};
