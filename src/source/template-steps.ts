import { piecesOf } from './read/template.ts'

/*
 * A Helm template as the lines that it may render, and in which order: each branch may be taken, each loop gone through again.
 */

export interface TemplateStep {
  /** From 1. */
  readonly line: number
  /**
   * What is written of a line around its actions; a text without actions is one part. Absent where nothing is rendered: an
   * action that decides what comes next, and a line that starts a document.
   */
  readonly parts?: readonly string[]
  /** Whether it is where a document ends and the next one starts. */
  readonly isMarker: boolean
  /** The steps that may come next, as indices. */
  readonly next: number[]
}

/** The steps of a template, between a marker for its start and one for its end. */
export function stepsOf(template: string): readonly TemplateStep[] {
  const steps: TemplateStep[] = [{ line: 1, isMarker: true, next: [1] }]
  const blocks: Block[] = []
  for (const { line, words } of linesOf(template)) {
    const isWhole = isBalanced(words)
    const shown = words.findIndex(word =>
      typeof word === 'string' ? word.trim() !== '' : word.keyword === 'made' || (isWhole && opens(word)),
    )
    words.forEach((word, index) => {
      if (index === shown) {
        const isMarker = typeof word === 'string' && word.startsWith('---')
        const rendered = !isMarker && { parts: partsOf(words, isWhole) }
        steps.push({ line, ...rendered, isMarker, next: [steps.length + 1] })
      }
      if (typeof word !== 'string' && !isWhole) addControl(word.keyword, line, steps, blocks)
    })
  }
  return [...steps, { line: steps.at(-1)?.line ?? 1, isMarker: true, next: [] }]
}

/** A part of a template between an action and its `end`. */
interface Block {
  readonly keyword: Keyword
  readonly first: number
  /** The steps after which the next `else` may be, or the end. */
  untaken: number[]
  /** Those that come after a branch. */
  readonly taken: number[]
}

function addControl(keyword: Keyword, line: number, steps: TemplateStep[], blocks: Block[]): void {
  if (keyword === 'made' || keyword === 'silent') return
  const here = steps.length
  const goOn = (from: readonly number[], to: number): void => {
    for (const step of from) steps[step]?.next.push(to)
  }
  const add = (...next: number[]): void => void steps.push({ line, isMarker: false, next })
  if (keyword === 'end') {
    add(here + 1)
    const block = blocks.pop()
    if (block === undefined) return
    goOn([...block.untaken, ...block.taken], here)
    if (block.keyword === 'range') goOn([here], block.first)
  } else if (keyword === 'else' || keyword === 'else-if') {
    add()
    const block = blocks.at(-1)
    if (block === undefined) return
    goOn(block.untaken, here + 1)
    if (keyword === 'else') block.untaken = []
    block.taken.push(here)
  } else {
    // What `define` holds is rendered elsewhere.
    add(...(keyword === 'define' ? [] : [here + 1]))
    blocks.push({ keyword, first: here + 1, untaken: [here], taken: [] })
  }
}

const OPENING = ['if', 'with', 'range', 'block', 'define'] as const

type Keyword = (typeof OPENING)[number] | 'else' | 'else-if' | 'end' | 'silent' | 'made'

interface Action {
  readonly keyword: Keyword
}

type Word = string | Action

const opens = ({ keyword }: Action): boolean => OPENING.some(one => one === keyword)

function keywordOf(action: string): Keyword {
  const code = action.replace(/^\{\{-?\s*/, '')
  const [word] = /^\w+/.exec(code) ?? []
  if (word === 'end') return word
  if (word === 'else') return /^else\s+\w/.test(code) ? 'else-if' : 'else'
  // Comments and assignments.
  const otherwise = /^(?:\/\*|\$\w*\s*:?=)/.test(code) ? 'silent' : 'made'
  return OPENING.find(one => one === word) ?? otherwise
}

/** Lines with their texts and actions; an action of several lines is in the first. */
function linesOf(template: string): { line: number; words: Word[] }[] {
  let current: { line: number; words: Word[] } = { line: 1, words: [] }
  const lines = [current]
  let line = 1
  ;(piecesOf(template) ?? [template]).forEach((piece, index) => {
    if (index % 2 === 1) {
      current.words.push({ keyword: keywordOf(piece) })
      line += piece.split('\n').length - 1
      return
    }
    piece.split('\n').forEach((text, breaks) => {
      if (breaks > 0) {
        line++
        current = { line, words: [] }
        lines.push(current)
      }
      if (text !== '') current.words.push(text)
    })
  })
  return lines
}

/** Whether the blocks of a line start and end in it. */
function isBalanced(words: readonly Word[]): boolean {
  let depth = 0
  for (const word of words) {
    if (typeof word === 'string') continue
    if (opens(word)) depth++
    else if (word.keyword === 'end') depth--
    else if (depth === 0 && word.keyword.startsWith('else')) return false
    if (depth < 0) return false
  }
  return depth === 0
}

/** What is in a block of the line itself may be missing. */
function partsOf(words: readonly Word[], isWhole: boolean): readonly string[] {
  const parts = ['']
  let depth = 0
  for (const word of words) {
    if (typeof word === 'string') {
      if (depth === 0) parts.push(`${parts.pop()}${word}`)
      continue
    }
    if (isWhole && opens(word)) depth++
    else if (isWhole && word.keyword === 'end') depth--
    if (word.keyword !== 'silent' && (isWhole || word.keyword === 'made')) parts.push('')
  }
  return parts.map(part => part.trim())
}
