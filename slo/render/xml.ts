// What XML 1.0 cannot hold in any form: most controls, lone surrogates and two non-characters.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Text for an attribute; what XML cannot hold becomes `\ufffd`. */
function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd").replace(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character] ?? character);
}

/** Text for an element's content, quotes as they are. */
export function escapeXmlText(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd").replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

/** An element; `children` are elements or escaped text already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string {
  const head = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join("");
  if (children.length === 0) return `<${name}${head}/>`;
  const inner = children.map((child) => child.replace(/^/gm, "  ")).join("\n");
  return `<${name}${head}>\n${inner}\n</${name}>`;
}
