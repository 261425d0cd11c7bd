/*
 * Regular expressions, as far as paths of routes are written in them: PCRE without what looks around or refers back. What is
 * matched is a set of positions in the text, so that no expression takes exponential time.
 */

import { exampleOfPath } from './match-request.ts'

/** Where a match may end, for the positions where it may begin. */
type Matcher = (starts: ReadonlySet<number>, text: string) => ReadonlySet<number>

/** Longer ones are not read; nor are more groups within each other, or more repetitions. */
const LONGEST = 1000
const DEEPEST = 50
const MOST_TIMES = 100

/**
 * Whether `^EXPRESSION` matches a text somewhere, in capitals or not; undefined for an expression that cannot be read. Of
 * several alternatives the `^` belongs to the first.
 */
export function matchesFromStart(expression: string, text: string): boolean | undefined {
  if (expression.length > LONGEST) return undefined
  const [first, ...others] = parse(lowered(expression)) ?? []
  if (first === undefined) return undefined
  const path = text.toLowerCase()
  return first(new Set([0]), path).size > 0 || isAnywhere(others, path)
}

/** Whether an expression matches a text somewhere, in capitals or not; undefined for one that cannot be read. */
export function matchesSomewhere(expression: string, text: string): boolean | undefined {
  const all = expression.length > LONGEST ? undefined : parse(lowered(expression))
  return all && isAnywhere(all, text.toLowerCase())
}

function isAnywhere(some: readonly Matcher[], text: string): boolean {
  const anywhere = new Set(Array.from({ length: text.length + 1 }, (_, start) => start))
  return some.some(one => one(anywhere, text).size > 0)
}

/** A text that an expression matches, as far as one is easily found: else its literal beginning. */
export function exampleOfExpression(expression: string): string {
  const plain = EXAMPLES.reduce((text, [part, example]) => text.replace(part, example), expression)
  return matchesFromStart(expression, plain) ? plain : exampleOfPath(expression)
}

/** The usual parts of expressions for paths, and what stands for them; the first alternative of a group. */
const EXAMPLES: readonly (readonly [RegExp, string])[] = [
  [/^\^/, ''],
  [/\(\?:/g, '('],
  [/\[\^\/\]|\[[^\]]*\]|\\[dw]/g, '0'],
  [/\([^()]*\|\$\)/g, '/'],
  [/\(([^()|]*)\|[^()]*\)/g, '$1'],
  [/[()]/g, ''],
  [/\.\*\??|\$$/g, ''],
  [/\.\+\??/g, 'x'],
  [/\\(?=\W)|[+*?]|\{[\d,]*\}/g, ''],
]

/** In small letters, but for classes such as `\W`. */
const lowered = (expression: string): string =>
  expression.replace(/\\.|[^\\]/gs, part => (part.startsWith('\\') ? part : part.toLowerCase()))

/** A place in an expression. */
interface Reader {
  readonly rest: () => string
  readonly skip: (length: number) => void
  depth: number
}

/** Its alternatives. */
function parse(expression: string): readonly Matcher[] | undefined {
  let at = 0
  const reader: Reader = {
    rest: () => expression.slice(at),
    skip: length => {
      at += length
    },
    depth: 0,
  }
  const whole = alternatives(reader)
  return reader.rest() === '' ? whole : undefined
}

function alternatives(reader: Reader): readonly Matcher[] | undefined {
  const all: Matcher[] = []
  for (;;) {
    const one = sequence(reader)
    if (one === undefined) return undefined
    all.push(one)
    if (!reader.rest().startsWith('|')) return all
    reader.skip(1)
  }
}

function sequence(reader: Reader): Matcher | undefined {
  const parts: Matcher[] = []
  while (reader.rest() !== '' && !/^[|)]/.test(reader.rest())) {
    const part = repeated(reader)
    if (part === undefined) return undefined
    parts.push(part)
  }
  return (starts, text) => parts.reduce((ends, part) => part(ends, text), starts)
}

function repeated(reader: Reader): Matcher | undefined {
  const one = atom(reader)
  if (one === undefined) return undefined
  const [written, least, most] = timesAt(reader.rest())
  reader.skip(written.length)
  if (written === '') return one
  // A lazy quantifier matches the same texts; a possessive one does not.
  if (reader.rest().startsWith('?')) reader.skip(1)
  if (/^[*+?]/.test(reader.rest()) || timesAt(reader.rest())[0] !== '') return undefined
  if (least > MOST_TIMES || (Number.isFinite(most) && most > MOST_TIMES)) return undefined
  return (starts, text) => {
    let ends = starts
    for (let times = 0; times < least; times++) ends = one(ends, text)
    const all = new Set(ends)
    for (let times = least; times < most && ends.size > 0; times++) {
      ends = new Set([...one(ends, text)].filter(end => !all.has(end)))
      for (const end of ends) all.add(end)
    }
    return all
  }
}

/** The quantifier that a text begins with, as it is written and in numbers. */
function timesAt(text: string): readonly [written: string, least: number, most: number] {
  switch (text[0]) {
    case '*':
      return ['*', 0, Number.POSITIVE_INFINITY]
    case '+':
      return ['+', 1, Number.POSITIVE_INFINITY]
    case '?':
      return ['?', 0, 1]
  }
  const [written = '', least = '', comma, most = ''] = /^\{(\d+)(,)?(\d*)\}/.exec(text) ?? []
  const limit = comma === undefined ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most)
  return written === '' ? ['', 1, 1] : [written, Number(least), limit]
}

function atom(reader: Reader): Matcher | undefined {
  const rest = reader.rest()
  const [first = ''] = rest
  if (first === '(') return group(reader)
  if (first === '[') return bracket(reader)
  if ('*+?'.includes(first)) return undefined
  if (first === '\\') {
    const test = escaped(rest[1] ?? '')
    reader.skip(2)
    return test && oneOf(test)
  }
  reader.skip(1)
  switch (first) {
    case '^':
      return starts => new Set([...starts].filter(start => start === 0))
    case '$':
      return (starts, text) => new Set([...starts].filter(start => start === text.length))
    case '.':
      return oneOf(() => true)
    default:
      return oneOf(letter => letter === first)
  }
}

function group(reader: Reader): Matcher | undefined {
  const [head = ''] = /^\((?:\?:)?/.exec(reader.rest()) ?? []
  reader.skip(head.length)
  if (reader.rest().startsWith('?') || ++reader.depth > DEEPEST) return undefined
  const inside = alternatives(reader)
  if (inside === undefined || !reader.rest().startsWith(')')) return undefined
  reader.skip(1)
  reader.depth--
  return (starts, text) => new Set(inside.flatMap(one => [...one(starts, text)]))
}

type Test = (letter: string) => boolean

const oneOf =
  (test: Test): Matcher =>
  (starts, text) =>
    new Set(
      [...starts].filter(start => start < text.length && test(text[start] ?? '')).map(start => start + 1),
    )

const CLASSES: Readonly<Record<string, RegExp>> = {
  d: /\d/,
  D: /\D/,
  w: /\w/,
  W: /\W/,
  s: /\s/,
  S: /\S/,
}

/** What a letter after a backslash stands for; undefined for what is not one character. */
function escaped(letter: string): Test | undefined {
  const known = CLASSES[letter]
  if (known !== undefined) return one => known.test(one)
  return letter === '' || /[a-z0-9]/i.test(letter) ? undefined : one => one === letter
}

/** `[a-z0-9_]`, `[^/]`. */
function bracket(reader: Reader): Matcher | undefined {
  const [written, not = '', inside = ''] = /^\[(\^?)(\]?(?:\\.|[^\]\\])*)\]/s.exec(reader.rest()) ?? []
  if (written === undefined || inside.includes('[:')) return undefined
  reader.skip(written.length)
  const tests: Test[] = []
  for (const [part] of inside.matchAll(/(?:\\.|[^\\])-(?:\\.|[^\\])|\\.|[^\\]/gs)) {
    const test = part.length > 2 ? range(part) : part.startsWith('\\') ? escaped(part[1] ?? '') : equals(part)
    if (test === undefined) return undefined
    tests.push(test)
  }
  return oneOf(letter => tests.some(test => test(letter)) === (not === ''))
}

const equals =
  (one: string): Test =>
  letter =>
    letter === one

/** A range between two letters that stand for themselves. */
function range(part: string): Test | undefined {
  const [, from = '', to = ''] = /^\\?([^\\])-\\?([^\\])$/s.exec(part) ?? []
  const isClass = /\\[a-z0-9]/i.test(part)
  return from === '' || isClass || from > to ? undefined : letter => letter >= from && letter <= to
}
