/** A text, with its name in messages (`-` for standard input). */
export interface SourceFile {
  readonly path: string
  readonly text: string
  /** It was named itself, not found in a folder: then all of it is meant to be manifests. */
  readonly isNamed?: boolean
}

/** The path from the root of a document to a value: keys and list indices. */
export type Path = readonly (string | number)[]

/**
 * A place in a file. It is a path and not a line, because a path costs nothing and is the API server's own wording;
 * `position` (position.ts) finds the line when it is needed.
 */
export interface Location {
  readonly file: SourceFile
  /** Which document of the file, from 0. */
  readonly document: number
  readonly path: Path
  /** Point at the key instead of its value, for keys that should not be there. */
  readonly part?: 'key'
}

/** Line and column count from 1; `length` is the number of characters to mark, at least 1, never past the end of the line. */
export interface Position {
  readonly line: number
  readonly column: number
  readonly length: number
}

/** The location of a value inside another one. */
export function below(at: Location, ...path: Path): Location {
  return { file: at.file, document: at.document, path: [...at.path, ...path] }
}

/** A path as the API server writes it (S-136). */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )
}
