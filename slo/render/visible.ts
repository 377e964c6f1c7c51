/** Characters that would move the cursor, colour the terminal or turn the text's direction around. */
const CONTROL = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\uFFFD";
}

/** The text with control characters replaced by visible ones, so that nobody's file can write to the terminal. */
export const visible = (text: string): string => text.replace(CONTROL, picture);
