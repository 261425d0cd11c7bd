import type { Complain } from '../diagnostic.ts'
import { type FieldPath, type Location, pathText } from '../file.ts'
import { positionAt } from '../position.ts'
import type { DocumentText } from './document-texts.ts'
import type { YamlNode } from './yaml/nodes.ts'
import { keyText } from './yaml/scalars.ts'
import { readYamlText } from './yaml-text.ts'

/** Warns of keys that a mapping has more than once, of which kubectl silently keeps the last. */
export function complainOfRepeated(document: DocumentText, at: Location, complain: Complain): void {
  const read = readYamlText(document)
  if ('error' in read || read.root === undefined) return
  const wanted = new Set(read.repeated)
  // The last of each: it is the one that counts.
  const found = new Map<string, YamlNode>()
  visitKeys(read.root, [], (path, key) => {
    if (wanted.has(key)) found.set(fieldIn(path, at), key)
  })
  for (const [field, { start, end }] of found)
    complain({
      severity: 'warning',
      code: 'DUPLICATE_FIELD',
      message: `duplicate field "${field}"`,
      field,
      at: { file: at.file, position: positionAt(at.file, document.start + start, document.start + end) },
      help: 'kubectl silently takes the last one: join the two, or remove one',
    })
}

export interface JoinedObjects {
  readonly kinds: readonly string[]
  /** Where the second one starts, as an offset in the text. */
  readonly start: number
  readonly end: number
}

/** Objects that a forgotten `---` makes one: each key of an object is there again, and kubectl silently keeps the last. */
export function joinedObjects(document: DocumentText): JoinedObjects | undefined {
  const read = readYamlText(document)
  if ('error' in read || read.root?.kind !== 'mapping') return undefined
  const { children } = read.root
  const written = (name: string): readonly (readonly [key: YamlNode, value: YamlNode | undefined])[] =>
    children.flatMap((key, index) =>
      index % 2 === 0 && key.kind === 'scalar' && keyText(key) === name ? [[key, children[index + 1]]] : [],
    )
  const [versions, kinds] = [written('apiVersion'), written('kind')]
  const [version, kind] = [versions[1]?.[0], kinds[1]?.[0]]
  if (version === undefined || kind === undefined) return undefined
  const { start, end } = version.start < kind.start ? version : kind
  return {
    kinds: kinds.flatMap(([, value]) => (value?.kind === 'scalar' ? (keyText(value) ?? []) : [])),
    start: document.start + start,
    end: document.start + end,
  }
}

/** A path from the root of its object (S-136): the text of an item is a list of one. */
function fieldIn(path: FieldPath, at: Location): string {
  const inText = at.path.length > 0 && typeof path[0] === 'number' ? path.slice(1) : path
  return pathText(inText[0] === 'items' && typeof inText[1] === 'number' ? inText.slice(2) : inText)
}

function visitKeys(node: YamlNode, path: FieldPath, visit: (path: FieldPath, key: YamlNode) => void): void {
  if (node.kind === 'sequence')
    for (const [index, child] of node.children.entries()) visitKeys(child, [...path, index], visit)
  if (node.kind !== 'mapping') return
  for (let index = 0; index + 1 < node.children.length; index += 2) {
    const [key, value] = [node.children[index], node.children[index + 1]]
    const name = key?.kind === 'scalar' ? keyText(key) : undefined
    if (key === undefined || value === undefined || name === undefined) continue
    visit([...path, name], key)
    visitKeys(value, [...path, name], visit)
  }
}
