import type { SourceFile } from '../source/file.ts'
import { valueAt } from '../source/mapping.ts'
import { documentsOf } from '../source/read/document-texts.ts'
import { readDocument } from '../source/read/yaml-text.ts'
import { normalized } from './kustomizations.ts'

/*
 * What kuttl (kuttl.dev) and chainsaw (kyverno.github.io/chainsaw) compare with a cluster: parts of objects, which are in none.
 */

/** Their names for such files. */
const NAME = /(?:^|[\\/])(?:\d+-)?(?:assert|errors?)(?:-[\w-]+)?\.ya?ml$/

/** The fields of kuttl's TestStep that name files: what has to be there, and what must not. */
const FIELDS = ['assert', 'error']
const TEST_STEP = /^kind:[ \t]*["']?TestStep\b/m

/** The files of expectations, by their names or because a step of a test names them. */
export function expectationsAmong(files: readonly SourceFile[]): ReadonlySet<SourceFile> {
  const steps = files.filter(({ text }) => TEST_STEP.test(text))
  const named = new Set(steps.flatMap(namedBy))
  return new Set(
    files.filter(({ path, isNamed }) => isNamed !== true && (NAME.test(path) || named.has(normalized(path)))),
  )
}

/** The paths of the files that the steps in a file name, which start from its folder. */
const namedBy = (file: SourceFile): readonly string[] =>
  documentsOf(file)
    .map(document => readDocument(document))
    .flatMap(read => ('error' in read ? [] : FIELDS.map(field => valueAt(read.value, field))))
    .flatMap(paths => (Array.isArray(paths) ? paths : []))
    .map(path => normalized(`${file.path}/../${String(path)}`))
