/** Text of any origin as text of an HTML document or of an attribute's value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text of any origin as text of one line of Markdown, cells of tables included. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>$#|~]/g, String.raw`\$&`);
}

/** A text as a part of a regular expression without flags that means exactly it. */
export function escapePattern(text: string): string {
  return text.replace(/[^\w]/g, String.raw`\$&`);
}
