/**
 * Words in as many lines as they need, each no wider than `width` unless a single word is; the first line starts with
 * `heading`, the others with `indent` blanks.
 */
export function wrap(
  heading: string,
  words: readonly string[],
  { width, indent }: { readonly width: number; readonly indent: number },
): readonly string[] {
  const lines: string[] = []
  let line = heading
  for (const word of words) {
    if (line.length + word.length > width && line.trim() !== '') {
      lines.push(line.trimEnd())
      line = ' '.repeat(indent)
    }
    line += `${word} `
  }
  return [...lines, line.trimEnd()]
}

/** A sentence, wrapped. */
export const wrapText = (text: string, width: number, indent = 0): readonly string[] =>
  wrap(' '.repeat(indent), text.split(' '), { width, indent })
