import Table from 'cli-table3'

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap(side => [
    [side, ''],
    [`${side}-mid`, ''],
    [`${side}-left`, ''],
    [`${side}-right`, ''],
  ]),
)

/** Rows of cells in columns that fit them, two blanks apart, as kubectl prints them. For small tables only. */
export function* table(rows: readonly (readonly string[])[]): Iterable<string> {
  const drawn = new Table({
    chars: { ...NO_LINES, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  })
  drawn.push(...rows.map(row => [...row]))
  for (const line of drawn.toString().split('\n')) yield line.trimEnd()
}
