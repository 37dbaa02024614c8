// The beginning of a text without its marks, for a line in a list. It is shown as text, never as HTML, and the renderer
// needn't be there.
const looked = 600;
const shown = 160;

export function firstLine(text: string): string {
  return text
    .slice(0, looked)
    .replace(/^[ \t]*(?:`{3}.*|[-*_=]{3,}|[|: \t-]+)$/gm, '')
    .replace(/^[ \t]*(?:(?:#{1,6}|>|[-*+]|\d{1,9}[.)])[ \t]+)+/gm, '')
    .replace(/\[([^\]\n]*)\]\([^)\s]*\)/g, '$1')
    .replace(/\*\*|__|~~|`/g, '')
    .replace(/(?<![\p{L}\d*_])([*_])(\S[^*_\n]*)\1(?![\p{L}\d*_])/gu, '$2')
    .trim()
    .replace(/\s+/g, ' ')
    .slice(0, shown);
}
