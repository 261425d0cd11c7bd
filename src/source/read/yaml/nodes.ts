/** How a scalar is written. */
export type ScalarStyle = 'plain' | 'quoted' | 'block'

/** A part of a document; offsets count from its start. */
export type YamlNode = ScalarNode | MappingNode | SequenceNode | AliasNode

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly start: number
  readonly end: number
  readonly text: string
  readonly style: ScalarStyle
  /** Undefined where none is written. */
  readonly tag: string | undefined
}

export interface MappingNode {
  readonly kind: 'mapping'
  readonly start: number
  end: number
  /** Keys and values in turn. */
  readonly children: YamlNode[]
}

export interface SequenceNode {
  readonly kind: 'sequence'
  readonly start: number
  end: number
  readonly children: YamlNode[]
}

export interface AliasNode {
  readonly kind: 'alias'
  readonly start: number
  readonly end: number
  readonly target: YamlNode
}

/** A document, and what stands behind its end, which kubectl drops. */
export interface YamlDocument {
  /** Undefined where the text has only comments. */
  readonly root: YamlNode | undefined
  readonly dropped: number | undefined
}
