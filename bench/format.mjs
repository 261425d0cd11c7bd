// Figures and tables as they stand in RESULTS.md.
export const table = (head, rows) => [
  `| ${head.join(' | ')} |`,
  `|${head.map((_, index) => (index === 0 ? ' :-- ' : ' --: ')).join('|')}|`,
  ...rows.map(row => `| ${row.join(' | ')} |`),
  '',
]
export const count = number => number.toLocaleString('en')
export const ms = number => `${number < 10 ? number.toFixed(1) : Math.round(number)} ms`
export const mb = number => `${Math.round(number)} MB`
export const times = number => `${number.toFixed(2)} ×`

/** The slope of the times on logarithmic scales: 1 where twice the size takes twice the time, 2 where it takes four times. */
export function exponent(points) {
  const logs = points.map(([size, time]) => [Math.log(size), Math.log(time)])
  const mean = place => logs.reduce((sum, point) => sum + point[place], 0) / logs.length
  const [x, y] = [mean(0), mean(1)]
  const over = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0)
  return (over / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0)).toFixed(2)
}
