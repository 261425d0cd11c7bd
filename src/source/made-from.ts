import { stepsOf, type TemplateStep } from './template-steps.ts'

/**
 * The line of a template that each line of a rendered document was made from: the way through the template on which most of
 * the lines are what it has written. Undefined where that would take too long.
 */
export function madeFrom(rendered: string, template: string): readonly number[] | undefined {
  const lines = rendered.split('\n').map(line => line.trim())
  const steps = stepsOf(template)
  if (lines.length * steps.length > MOST_WORK) return undefined
  const way = cheapestWay(
    lines.filter(line => line !== ''),
    steps,
  )
  let count = 0
  return lines.map(line => steps[way[line === '' ? count : count++] ?? 0]?.line ?? 1)
}

const MOST_WORK = 5_000_000

/** What speaks against a way. */
const COST = {
  /** An action made a part of the line, or all of it. */
  part: 1,
  most: 2,
  all: 3,
  /** `{{-` has put two lines of the template together. */
  joined: 5,
  /** A line of the template that no branch avoids was not rendered. */
  skipped: 6,
  /** Nothing of the template made the line. */
  unexplained: 9,
}

/** For each line the index of the step that made it. */
function cheapestWay(lines: readonly string[], steps: readonly TemplateStep[]): readonly number[] {
  // By step: what the cheapest way costs on which it has made the last line.
  let spent: Float64Array = new Float64Array(steps.length).fill(Number.POSITIVE_INFINITY)
  const before: Int32Array[] = []
  steps.forEach(({ isMarker }, index) => {
    if (isMarker) spent[index] = 0
  })
  for (const line of lines) {
    const { costs, from } = reached(spent, steps)
    const now = new Float64Array(steps.length).fill(Number.POSITIVE_INFINITY)
    steps.forEach((step, index) => {
      const made = (costs[index] ?? 0) + costOf(step, line)
      const more = (spent[index] ?? 0) + (goesOn(step) ? COST.all : COST.unexplained)
      now[index] = Math.min(made, more)
      if (more < made) from[index] = index
    })
    before.push(from)
    spent = now
  }
  const { costs, from } = reached(spent, steps)
  const ends = steps.flatMap(({ isMarker }, index) => (isMarker ? [index] : []))
  let step = from[leastOf(ends, costs)] ?? 0
  const way: number[] = []
  for (const back of before.toReversed()) {
    way.push(step)
    step = back[step] ?? 0
  }
  return way.toReversed()
}

const leastOf = (indices: readonly number[], costs: Float64Array): number =>
  indices.reduce(
    (least, index) => ((costs[index] ?? 0) < (costs[least] ?? 0) ? index : least),
    indices[0] ?? 0,
  )

/** What it costs to come to each step, and after which one that made a line. */
function reached(
  spent: Float64Array,
  steps: readonly TemplateStep[],
): { readonly costs: Float64Array; readonly from: Int32Array } {
  const costs = new Float64Array(steps.length).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array(steps.length)
  let again = false
  const reach = (index: number, cost: number, origin: number, here: number): void => {
    const known = costs[index] ?? 0
    // Of lines that look alike, the earlier ones are more often those that are always rendered.
    if (cost > known || (cost === known && origin >= (from[index] ?? 0))) return
    costs[index] = cost
    from[index] = origin
    again ||= index <= here
  }
  steps.forEach(({ next }, index) => {
    const cost = spent[index] ?? 0
    if (cost < Number.POSITIVE_INFINITY) for (const one of next) reach(one, cost, index, index)
  })
  // Loops lead back, so what is after their start is asked again.
  do {
    again = false
    steps.forEach((step, index) => {
      const cost = (costs[index] ?? 0) + (isWritten(step) ? COST.skipped : 0)
      if (!step.isMarker && cost < Number.POSITIVE_INFINITY)
        for (const one of step.next) reach(one, cost, from[index] ?? 0, index)
    })
  } while (again)
  return { costs, from }
}

const isWritten = ({ parts }: TemplateStep): boolean => parts?.some(part => part !== '') ?? false

/** An action at the end of a line may make more of them. */
const goesOn = ({ parts }: TemplateStep): boolean =>
  parts !== undefined && parts.length > 1 && parts.at(-1) === ''

function costOf({ parts }: TemplateStep, line: string): number {
  if (parts === undefined) return Number.POSITIVE_INFINITY
  const [first = '', ...others] = parts
  if (others.length === 0)
    return line === first ? 0 : line.startsWith(first) ? COST.joined : Number.POSITIVE_INFINITY
  if (!isWithin(first, others, line)) return Number.POSITIVE_INFINITY
  const written = parts.join('')
  return /\w\w/.test(written) ? COST.part : written === '' ? COST.all : COST.most
}

/** Whether a line has the parts in their order, the first at its start and the last at its end. */
function isWithin(first: string, others: readonly string[], line: string): boolean {
  if (!line.startsWith(first)) return false
  let end = first.length
  return others.every((part, index) => {
    const start = index === others.length - 1 ? line.length - part.length : line.indexOf(part, end)
    const isThere = start >= end && line.startsWith(part, start)
    end = start + part.length
    return isThere
  })
}
