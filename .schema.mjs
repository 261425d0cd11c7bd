// Makes the JSON Schema of the answers out of their TypeScript types: the comments become descriptions, and the tags of
// the comments (`@minimum 1`) constraints. .build.mjs writes it to src/report/schema.json.
import { createRequire } from 'node:module'
import {
  ArrayType,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  LiteralType,
  SchemaGenerator,
  UnionType,
} from 'ts-json-schema-generator'

// The generator has a TypeScript of its own: that of this project has no interface for programs.
const ts = createRequire(createRequire(import.meta.url).resolve('ts-json-schema-generator'))('typescript')

const CONFIG = {
  ...DEFAULT_CONFIG,
  path: 'src/report/report.ts',
  tsconfig: 'tsconfig.json',
  type: 'Report',
  topRef: false,
  sortProps: false,
  // `npm run lint` checks the types.
  skipTypeCheck: true,
}

/** `keyof typeof TABLE`: the codes, which are the keys of their pages. */
const keysOfTable = checker => ({
  supportsNode: node =>
    ts.isTypeOperatorNode(node) &&
    node.operator === ts.SyntaxKind.KeyOfKeyword &&
    ts.isTypeQueryNode(node.type),
  createType: node => {
    const keys = checker.getTypeFromTypeNode(node)
    const literals = keys.isUnion() ? keys.types : [keys]
    return new UnionType(literals.map(({ value }) => new LiteralType(value)))
  },
})

/** What is made while it is looked through is an array in JSON. */
const iterable = parser => ({
  supportsNode: node => ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Iterable',
  createType: (node, context) => new ArrayType(parser.createType(node.typeArguments[0], context)),
})

/** A type with arguments that has a name of its own is called by that: `Told<…>` is `Assumption`. */
function named(schema) {
  const names = new Map()
  for (const [name, { $ref }] of Object.entries(schema.definitions))
    if ($ref?.includes('%3C')) names.set($ref, name)
  const renamed = (_key, value) =>
    names.has(value?.$ref) ? { ...value, $ref: `#/definitions/${names.get(value.$ref)}` } : value
  const definitions = {}
  for (const [name, definition] of Object.entries(schema.definitions)) {
    const own = names.get(`#/definitions/${encodeURIComponent(name)}`)
    if (own === undefined && names.has(definition.$ref)) continue
    definitions[own ?? name] = definition
  }
  return JSON.parse(JSON.stringify({ ...schema, definitions }, renamed))
}

/** Validators that are strict want types one by one: `anyOf` for `["string", "integer"]`; null may stand beside another. */
const withSingleTypes = schema =>
  JSON.parse(JSON.stringify(schema), (_key, value) => {
    const { type, ...rest } = value ?? {}
    const isSingle = !Array.isArray(type) || (type.length === 2 && type.includes('null'))
    return isSingle || Array.isArray(value) ? value : { ...rest, anyOf: type.map(one => ({ type: one })) }
  })

/** The JSON Schema of every answer, as an object. */
export function reportSchema() {
  const program = createProgram(CONFIG)
  const parser = createParser(program, CONFIG, chain =>
    chain.addNodeParser(keysOfTable(program.getTypeChecker())).addNodeParser(iterable(chain)),
  )
  const generator = new SchemaGenerator(program, parser, createFormatter(CONFIG), CONFIG)
  return withSingleTypes(named(generator.createSchema(CONFIG.type)))
}

/** As JSON, with what fits on a line of 110 columns on one. */
export function schemaText(value = reportSchema(), indent = '') {
  const flat = JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ')
  if (typeof value !== 'object' || value === null || indent.length + flat.length <= 110) return flat
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const items = Object.entries(value).map(([key, own]) => {
    const name = Array.isArray(value) ? '' : `${JSON.stringify(key)}: `
    return `${inner}${name}${schemaText(own, inner)}`
  })
  return `${open}\n${items.join(',\n')}\n${indent}${close}`
}
