import type { MappingNode, YamlNode } from './nodes.ts'
import { keyText, scalarValue } from './scalars.ts'
import { type Problem, YamlError } from './yaml-error.ts'

/*
 * The value of a document, as kubectl makes it: first a value of Go's, then JSON (S-142).
 */

export interface YamlValue {
  readonly value: unknown
  /** Keys to which an earlier one of their mapping is equal: kubectl keeps the last. */
  readonly repeated: readonly YamlNode[]
}

/** Throws YamlError. */
export function yamlValue(root: YamlNode | undefined): YamlValue {
  const builder = new Builder()
  const value = root === undefined ? null : builder.value(root)
  // Where a later value has replaced it, nobody sees it.
  const noJson = builder.hasNoJson ? findNoJson(value) : undefined
  if (noJson !== undefined) throw noJson.error
  return { value, repeated: builder.repeated }
}

/** In the place of what JSON does not have: infinite numbers, and `null` as a key. */
class NoJson {
  readonly error: YamlError

  constructor(error: YamlError) {
    this.error = error
  }
}

function findNoJson(value: unknown): NoJson | undefined {
  if (value instanceof NoJson || typeof value !== 'object' || value === null)
    return value instanceof NoJson ? value : undefined
  for (const one of Object.values(value)) {
    const found = findNoJson(one)
    if (found !== undefined) return found
  }
  return undefined
}

export const isMerge = (node: YamlNode): boolean =>
  node.kind === 'scalar' &&
  node.text === '<<' &&
  (node.tag === undefined ? node.style === 'plain' : node.tag === '!' || node.tag === MERGE)

const MERGE = 'tag:yaml.org,2002:merge'

type Fields = Record<string, unknown>

class Builder {
  readonly repeated: YamlNode[] = []
  hasNoJson = false
  /** Aliases that are being followed. */
  private readonly followed = new Set<YamlNode>()
  private values = 0
  private aliased = 0
  private depth = 0

  value(node: YamlNode): unknown {
    this.count(node)
    // Aliases nest values more deeply than they are written.
    if (++this.depth > DEEPEST) throw new YamlError('deep', node.start, node.end)
    const value = this.made(node)
    this.depth--
    return value
  }

  private made(node: YamlNode): unknown {
    switch (node.kind) {
      case 'scalar': {
        const value = scalarValue(node)
        return typeof value === 'number' && !Number.isFinite(value) ? this.noJson('infinite', node) : value
      }
      case 'sequence': {
        const list: unknown[] = []
        for (const child of node.children) list.push(this.value(child))
        return list
      }
      case 'mapping': {
        const fields: Fields = {}
        this.fill(fields, node, false)
        return fields
      }
      case 'alias':
        return this.follow(node, () => this.value(node.target))
    }
  }

  /** The reader's own limit: what aliases repeat may be nearly all of a small document, and a tenth of a large one. */
  private count(node: YamlNode): void {
    this.values++
    if (this.followed.size > 0) this.aliased++
    if (this.aliased <= 100 || this.values <= 1000) return
    const [at = node] = this.followed
    const scale = Math.min(Math.max((this.values - 400_000) / 3_600_000, 0), 1)
    if (this.aliased / this.values > 0.99 - 0.89 * scale)
      throw new YamlError('too-many-aliases', at.start, at.end)
  }

  private follow<T>(alias: YamlNode, then: () => T): T {
    if (this.followed.has(alias)) throw new YamlError('alias-cycle', alias.start, alias.end)
    this.followed.add(alias)
    const result = then()
    this.followed.delete(alias)
    return result
  }

  /** Adds the entries of a mapping in order; of several with the same key the last counts, whether written or merged. */
  private fill(fields: Fields, { children }: MappingNode, isMerged: boolean): void {
    // The keys that are written, once there are others.
    let written: Set<string> | undefined
    for (let index = 0; index + 1 < children.length; index += 2) {
      const [key, value] = [children[index], children[index + 1]]
      if (key === undefined || value === undefined) continue
      if (isMerge(key)) {
        written ??= new Set(Object.keys(fields))
        this.merge(fields, value)
        continue
      }
      const name = this.key(key)
      if (name === undefined) {
        setField(fields, `\0${key.start}`, this.noJson('odd-key', key))
        continue
      }
      if (!isMerged && (written?.has(name) ?? Object.hasOwn(fields, name))) this.repeated.push(key)
      written?.add(name)
      setField(fields, name, this.value(value))
    }
  }

  private noJson(problem: Problem, { start, end }: YamlNode): NoJson {
    this.hasNoJson = true
    return new NoJson(new YamlError(problem, start, end))
  }

  /** Undefined for a key that JSON does not have. */
  private key(node: YamlNode): string | undefined {
    this.count(node)
    if (node.kind === 'alias') return this.follow(node, () => this.key(node.target))
    if (node.kind === 'scalar') return keyText(node)
    throw new YamlError('odd-key', node.start, node.end)
  }

  /** Merges a mapping, or several, of which the first have precedence. */
  private merge(fields: Fields, source: YamlNode): void {
    const sources = source.kind === 'sequence' ? source.children.toReversed() : [source]
    for (const one of sources) {
      const map = one.kind === 'alias' ? one.target : one
      if (map.kind !== 'mapping') throw new YamlError('merge-of-no-map', one.start, one.end)
      this.count(one)
      if (one === map) this.fill(fields, map, true)
      else
        this.follow(one, () => {
          this.count(map)
          this.fill(fields, map, true)
        })
    }
  }
}

/** That of the parser, with room for aliases and scalars. */
const DEEPEST = 1100

/** Only its setter knows the key `__proto__`. */
function setField(fields: Fields, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true })
  else fields[name] = value
}
