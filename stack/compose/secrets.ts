/**
 * The stack's secrets are made in a volume and never leave it, so no list of them is at hand: what looks like one in a
 * log goes. Passwords in addresses, values named as secrets are, bearer tokens, and any run of 32 and more hex digits.
 */
export function redactKnown(text: string): string {
  return text
    .replace(/(\w+:\/\/[^\s:/@]+:)[^\s@/]+@/g, "$1***@")
    .replace(
      /(\b(?:password|passwd|secret|token|authorization)["']?\s*[=:]\s*["']?)(?:bearer\s+)?[^\s"',}]+/gi,
      "$1***",
    )
    .replace(/(\bbearer\s+)[^\s"',]+/gi, "$1***")
    .replace(/\b[0-9a-f]{32,}\b/gi, "***");
}
