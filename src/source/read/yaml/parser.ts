import { CONTROL_CHARACTER } from './characters.ts'
import type { MappingNode, ScalarNode, SequenceNode, YamlDocument, YamlNode } from './nodes.ts'
import { Scanner } from './scanner.ts'
import type { Sign, Token, TokenKind } from './tokens.ts'
import { type Problem, YamlError } from './yaml-error.ts'

/** Deeper than any object that a cluster has; the reader's own limit, ten times as deep, is more than the stack holds. */
const DEEPEST = 1000

/** Reads the first document of a text, as kubectl does. Throws YamlError. */
export function parseYaml(text: string): YamlDocument {
  const control = CONTROL_CHARACTER.exec(text)
  if (control !== null) throw new YamlError('control-character', control.index)
  // kubectl ends the last line too.
  return new Parser(text.endsWith('\n') ? text : `${text}\n`).document()
}

class Parser {
  private readonly text: string
  private readonly scanner: Scanner
  private readonly anchors = new Map<string, YamlNode>()
  private readonly tags = new Map([
    ['!', '!'],
    ['!!', 'tag:yaml.org,2002:'],
  ])
  private depth = 0
  /** The innermost bracket that is open. */
  private open: number | undefined

  constructor(text: string) {
    this.text = text
    this.scanner = new Scanner(text)
  }

  document(): YamlDocument {
    const { kind } = this.scanner.peek()
    if (kind === 'end') return { root: undefined, dropped: undefined }
    if (kind === 'directive') this.directives()
    const start = this.scanner.peek()
    const isMarked = start.kind === 'document-start'
    if (isMarked) this.scanner.skip()
    else if (kind === 'directive') throw new YamlError('document-start', start.start)
    const first = this.scanner.peek()
    const isEmpty = isMarked && ENDS_DOCUMENT.has(first.kind)
    const root = isEmpty ? emptyAt(first.start) : this.node('block')
    const next = this.scanner.peek()
    return { root, dropped: next.kind === 'end' ? undefined : this.dropped(next.start) }
  }

  /** Where the first thing is that is neither a marker nor a comment. */
  private dropped(from: number): number | undefined {
    NOTHING.lastIndex = from
    const end = from + (NOTHING.exec(this.text)?.[0].length ?? 0)
    return end < this.text.length ? end : undefined
  }

  private directives(): void {
    const seen = new Set<string>()
    for (let token = this.scanner.peek(); token.kind === 'directive'; token = this.scanner.peek()) {
      const { text, rest, start, end } = token
      if (seen.has(text) || (text === '' && rest !== '1.1')) throw new YamlError('directive', start, end)
      seen.add(text)
      if (text !== '') this.tags.set(text, rest)
      this.scanner.skip()
    }
  }

  /** A value; in a mapping, a list may be in the column of its key. */
  private node(where: 'block' | 'mapping' | 'flow'): YamlNode {
    const first = this.scanner.peek()
    if (first.kind === 'alias') return this.alias(first)
    let token = first
    let anchor: string | undefined
    let tag: Sign | undefined
    for (; token.kind === 'anchor' || token.kind === 'tag'; token = this.scanner.peek()) {
      if (token.kind === 'anchor' ? anchor !== undefined : tag !== undefined) break
      if (token.kind === 'anchor') anchor = token.text
      else tag = token
      this.scanner.skip()
    }
    const tagName = tag && this.tagName(tag)
    if (token.kind === 'scalar') {
      this.scanner.skip()
      return this.named(anchor, tag === undefined ? token : { ...token, tag: tagName })
    }
    if (++this.depth > DEEPEST) throw new YamlError('deep', token.start)
    const collection = this.collection(token, where, anchor)
    this.depth--
    if (collection !== undefined) return collection
    if (anchor === undefined && tag === undefined) {
      if (ENDS_DOCUMENT.has(token.kind) && this.open !== undefined)
        throw new YamlError('not-closed', this.open)
      throw new YamlError('node-expected', token.start, token.end)
    }
    return this.named(anchor, { ...emptyAt(first.start), tag: tagName })
  }

  /** Undefined where none begins. */
  private collection(
    token: Token,
    where: 'block' | 'mapping' | 'flow',
    anchor: string | undefined,
  ): YamlNode | undefined {
    const { start, end } = token
    switch (token.kind) {
      case '[':
      case '{': {
        const outer = this.open
        this.open = start
        const node =
          token.kind === '['
            ? this.flowSequence(this.named(anchor, { kind: 'sequence', start, end, children: [] }))
            : this.flowMapping(this.named(anchor, { kind: 'mapping', start, end, children: [] }))
        this.open = outer
        return node
      }
      case 'block-sequence':
        if (where === 'flow') return undefined
        return this.blockSequence(this.named(anchor, { kind: 'sequence', start, end, children: [] }))
      case 'block-mapping':
        if (where === 'flow') return undefined
        return this.blockMapping(this.named(anchor, { kind: 'mapping', start, end, children: [] }))
      case 'item':
        if (where !== 'mapping') return undefined
        return this.listBelowKey(this.named(anchor, { kind: 'sequence', start, end, children: [] }))
      default:
        return undefined
    }
  }

  private alias({ text, start, end }: Sign): YamlNode {
    const target = this.anchors.get(text)
    if (target === undefined) throw new YamlError('alias-unknown', start, end)
    this.scanner.skip()
    return { kind: 'alias', start, end, target }
  }

  private named<N extends YamlNode>(anchor: string | undefined, node: N): N {
    if (anchor !== undefined) this.anchors.set(anchor, node)
    return node
  }

  private tagName({ text, rest, start, end }: Sign): string {
    if (text === '') return rest
    const prefix = this.tags.get(text)
    if (prefix === undefined) throw new YamlError('bad-tag', start, end)
    return prefix + rest
  }

  /** Takes the token if it is of a kind. */
  private takes(kind: TokenKind): boolean {
    if (this.scanner.peek().kind !== kind) return false
    this.scanner.skip()
    return true
  }

  /** A value, or nothing where the next token shows that there is none. */
  private nodeUnless(isEnd: (kind: TokenKind) => boolean, where: 'block' | 'mapping' | 'flow'): YamlNode {
    const { kind, start } = this.scanner.peek()
    return isEnd(kind) ? emptyAt(start) : this.node(where)
  }

  /** The items of a block sequence; one that is left empty is where its dash is. */
  private items(list: SequenceNode, isEnd: (kind: TokenKind) => boolean): void {
    for (let { start } = this.scanner.peek(); this.takes('item'); { start } = this.scanner.peek())
      list.children.push(isEnd(this.scanner.peek().kind) ? emptyAt(start) : this.node('block'))
  }

  private blockSequence(list: SequenceNode): YamlNode {
    this.scanner.skip()
    this.items(list, endsItem)
    return this.ended(list, 'block-end', 'dash-expected')
  }

  private listBelowKey(list: SequenceNode): YamlNode {
    this.items(list, endsItemBelowKey)
    list.end = list.children.at(-1)?.end ?? list.end
    return list
  }

  private blockMapping(map: MappingNode): YamlNode {
    this.scanner.skip()
    while (this.takes('key')) {
      map.children.push(this.nodeUnless(endsEntry, 'mapping'))
      const { start } = this.scanner.peek()
      map.children.push(this.takes('value') ? this.nodeUnless(endsEntry, 'mapping') : emptyAt(start))
    }
    return this.ended(map, 'block-end', 'key-expected')
  }

  private flowMapping(map: MappingNode): YamlNode {
    this.scanner.skip()
    for (let isFirst = true; this.scanner.peek().kind !== '}'; isFirst = false) {
      if (!isFirst) this.comma(map)
      if (this.takes('key')) {
        map.children.push(this.nodeUnless(endsKeyInBraces, 'flow'))
        const { start } = this.scanner.peek()
        map.children.push(this.takes('value') ? this.nodeUnless(endsInBraces, 'flow') : emptyAt(start))
      } else if (this.scanner.peek().kind !== '}') {
        map.children.push(this.node('flow'))
        map.children.push(emptyAt(this.scanner.peek().start))
      }
    }
    return this.ended(map, '}', 'comma-or-end')
  }

  private flowSequence(list: SequenceNode): YamlNode {
    this.scanner.skip()
    for (let isFirst = true; this.scanner.peek().kind !== ']'; isFirst = false) {
      if (!isFirst) this.comma(list)
      const { kind, start, end } = this.scanner.peek()
      if (this.takes('key')) list.children.push(this.pair({ kind: 'mapping', start, end, children: [] }))
      else if (kind !== ']') list.children.push(this.node('flow'))
    }
    return this.ended(list, ']', 'comma-or-end')
  }

  /** A mapping of one entry in a list: `[a: b]`. */
  private pair(map: MappingNode): YamlNode {
    const { kind, start } = this.scanner.peek()
    map.children.push(this.nodeUnless(endsKeyInBrackets, 'flow'))
    // The reader goes over what ends a key that is left out, and finds no value then.
    if (endsKeyInBrackets(kind)) this.scanner.skip()
    map.children.push(this.takes('value') ? this.nodeUnless(endsInBrackets, 'flow') : emptyAt(start))
    map.end = map.children.at(-1)?.end ?? map.end
    return map
  }

  private comma({ start }: YamlNode): void {
    const token = this.scanner.peek()
    if (token.kind === 'end' || token.kind === 'document-start' || token.kind === 'document-end')
      throw new YamlError('not-closed', start)
    if (token.kind !== ',') throw new YamlError('comma-or-end', token.start, token.end, start)
    this.scanner.skip()
  }

  /** Takes the end of a collection. */
  private ended(node: MappingNode | SequenceNode, kind: TokenKind, otherwise: Problem): YamlNode {
    const token = this.scanner.peek()
    if (token.kind !== kind) throw new YamlError(otherwise, token.start, token.end, node.start)
    this.scanner.skip()
    node.end = kind === 'block-end' ? (node.children.findLast(hasText)?.end ?? node.end) : token.end
    return node
  }
}

const emptyAt = (start: number): ScalarNode => ({
  kind: 'scalar',
  start,
  end: start,
  text: '',
  style: 'plain',
  tag: undefined,
})

const hasText = ({ start, end }: YamlNode): boolean => end > start

/*
 * What shows that a value was left out, by where it would be.
 */

const endsItem = (kind: TokenKind): boolean => kind === 'item' || kind === 'block-end'
const endsEntry = (kind: TokenKind): boolean => kind === 'key' || kind === 'value' || kind === 'block-end'
const endsItemBelowKey = (kind: TokenKind): boolean => kind === 'item' || endsEntry(kind)
const endsInBrackets = (kind: TokenKind): boolean => kind === ',' || kind === ']'
const endsKeyInBrackets = (kind: TokenKind): boolean => kind === 'value' || endsInBrackets(kind)
const endsInBraces = (kind: TokenKind): boolean => kind === ',' || kind === '}'
const endsKeyInBraces = (kind: TokenKind): boolean => kind === 'value' || endsInBraces(kind)

const ENDS_DOCUMENT: ReadonlySet<TokenKind> = new Set(['directive', 'document-start', 'document-end', 'end'])

/** White space, comments and markers. */
const NOTHING = /(?:\s+|#[^\n\r\u0085\u2028\u2029]*|(?:---|\.\.\.)(?=\s))*/y
