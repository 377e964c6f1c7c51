/** The number's shortest decimal text without an exponent; it reads back as the same number. */
export function decimalText(value: number): string {
  const [digits = "", exponent] = String(value).split("e");
  return exponent === undefined ? digits : shifted(digits, Number(exponent));
}

/** A plain decimal text times ten to the power of `places`, exactly. */
export function shifted(text: string, places: number): string {
  const sign = text.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = text.slice(sign.length).split(".");
  const digits = `${whole}${fraction}`;
  const point = whole.length + places;
  const padded = digits.padStart(digits.length + Math.max(0, 1 - point), "0").padEnd(point, "0");
  const at = Math.max(1, point);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, "");
  const right = padded.slice(at).replace(/0+$/, "");
  return `${sign}${left}${right === "" ? "" : `.${right}`}`;
}

/** A plain decimal text without a sign times a whole number, exactly. */
export function times(text: string, factor: number): string {
  const places = text.split(".")[1]?.length ?? 0;
  return shifted(String(BigInt(shifted(text, places)) * BigInt(factor)), -places);
}

/** One minus a share (0..1), in decimals: 0.001 gives 0.999, not 0.9990000000000001. */
export function complement(share: number): number {
  const text = decimalText(share);
  const places = text.split(".")[1]?.length ?? 0;
  const rest = 10n ** BigInt(places) - BigInt(shifted(text, places));
  return Number(shifted(String(rest), -places));
}
