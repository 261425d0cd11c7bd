/** A text, with its name in messages (`-` for standard input). */
export interface SourceFile {
  readonly path: string
  readonly text: string
  /** The user named it; files of folders may hold other things than manifests. */
  readonly isNamed?: boolean
  /** Of what a renderer made: how it tells what a document was made from. */
  readonly rendered?: Rendered
  /** The namespace of objects that name none, as with `kubectl apply -n`; absent for `default`. */
  readonly namespace?: string | undefined
  /** What becomes of unknown and repeated fields, as with `kubectl apply --validate`; absent for `strict`. */
  readonly validate?: Validation | undefined
}

/** Unknown fields are errors, warnings (and fields that are set twice too), or nothing at all. */
export type Validation = 'strict' | 'warn' | 'ignore'

export interface Rendered {
  /** Finds the path of the source in a document. */
  readonly mark: RegExp
  /** The file of such a path; undefined where it cannot be read. */
  readonly fileOf: (path: string) => SourceFile | undefined
  /** The files with patches that may have changed it. */
  readonly patches?: () => readonly SourceFile[]
}

/** The path from the root of a document to a value: keys and list indices. */
export type FieldPath = readonly (string | number)[]

/**
 * A place in a file: the path of a value, as the API server writes it. `position` (position.ts) finds the line when it is
 * shown.
 */
export interface Location {
  readonly file: SourceFile
  /** Which document of the file, from 0. */
  readonly document: number
  readonly path: FieldPath
  /** Point at the key instead of its value, for keys that should not be there. */
  readonly part?: 'key'
}

/** Where something is: of a text that could not be parsed, its position. */
export type Place = Location | { readonly file: SourceFile; readonly position: Position }

/** Line and column count from 1; `length` is the number of characters to mark, at least 1, never past the end of the line. */
export interface Position {
  readonly line: number
  readonly column: number
  readonly length: number
}

/** The location of a value inside another one. */
export function below(at: Location, ...path: FieldPath): Location {
  return { file: at.file, document: at.document, path: [...at.path, ...path] }
}

/** A path as the API server writes it (S-136). */
export function pathText(path: FieldPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )
}
