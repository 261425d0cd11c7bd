import Table from 'cli-table3'

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap(side => [
    [side, ''],
    [`${side}-mid`, ''],
    [`${side}-left`, ''],
    [`${side}-right`, ''],
  ]),
)

/** Rows of cells in columns that fit them, two spaces apart, as kubectl prints them. */
export function* table(rows: readonly (readonly string[])[]): Iterable<string> {
  // cli-table3 is slow for large tables; beyond a few hundred cells the columns are laid out here.
  if (rows.length * (rows[0]?.length ?? 0) > 400) return yield* laidOut(rows)
  const drawn = new Table({
    chars: { ...NO_LINES, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  })
  drawn.push(...rows.map(row => [...row]))
  for (const line of drawn.toString().split('\n')) yield line.trimEnd()
}

function laidOut(rows: readonly (readonly string[])[]): Iterable<string> {
  const widths = (rows[0] ?? []).map((_, index) =>
    rows.reduce((most, row) => Math.max(most, row[index]?.length ?? 0), 0),
  )
  return rows.map(row =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
