import type { UnusedReason } from '../report/facts/documents.ts'
import type { SourceFile } from '../source/file.ts'
import { folderOf, normalized } from '../source/file-path.ts'
import { isMapping, type Mapping, mappingAt, valueAt } from '../source/mapping.ts'
import { documentsOf } from '../source/read/document-texts.ts'
import { readDocument } from '../source/read/yaml-text.ts'

/*
 * What tests compare with a cluster: parts of objects, which are in none. kubectl would apply them, so a file counts as one only
 * where a suite is evident.
 */

/** A tool that tests clusters, and what makes a file one of its expectations. */
interface TestTool {
  readonly name: string
  readonly group: RegExp
  /** The kinds that make their folder one of tests. */
  readonly kinds: readonly string[]
  /** The names of expectations in such a folder. */
  readonly expected: RegExp
  /** Whether a step of the same number beside one makes a folder one of tests: `00-assert.yaml` beside `00-install.yaml`. */
  readonly isNumbered: boolean
  /** The files that an object of these kinds names as expectations; paths start from its folder. */
  readonly filesOf: (object: Mapping) => readonly unknown[]
  /** The folders that it names, with tests in them. */
  readonly foldersOf: (object: Mapping) => readonly unknown[]
}

const TOOLS: readonly TestTool[] = [
  {
    // kuttl.dev/docs/testing/steps.html, kuttl.dev/docs/testing/reference.html
    name: 'kuttl',
    group: /^(?:kuttl|kudo)\.dev\//,
    kinds: ['TestSuite', 'TestStep', 'TestAssert'],
    expected: /^(?:\d+-)?(?:assert|errors)(?:-[^.]+)?\.ya?ml$/,
    isNumbered: true,
    filesOf: step => [...listAt(step, 'assert'), ...listAt(step, 'error')],
    foldersOf: suite => listAt(suite, 'testDirs'),
  },
  {
    // kyverno.github.io/chainsaw/latest/test, kyverno.github.io/chainsaw/latest/operations/assert
    name: 'chainsaw',
    group: /^chainsaw\.kyverno\.io\//,
    kinds: ['Test', 'StepTemplate'],
    expected: /^(?:\d+-)?(?:assert|errors?)(?:-[^.]+)?\.ya?ml$/,
    isNumbered: false,
    filesOf: operationFiles,
    foldersOf: () => [],
  },
]

/** Of files that no cluster gets, what they are. */
export function expectationsAmong(files: readonly SourceFile[]): ReadonlyMap<SourceFile, UnusedReason> {
  const found = new Map<SourceFile, UnusedReason>()
  for (const tool of TOOLS) {
    const isExpected = expectedBy(tool, files)
    for (const file of files)
      if (file.isNamed !== true && isExpected(file)) found.set(file, expectation(tool, file))
  }
  return found
}

/** Finds what is an expectation of a tool. */
function expectedBy(tool: TestTool, files: readonly SourceFile[]): (file: SourceFile) => boolean {
  const tests = files
    .filter(({ text }) => tool.kinds.some(kind => text.includes(kind)))
    .flatMap(file => testsIn(tool, file).map(test => ({ file, test })))
  const pathsOf = (named: (test: Mapping) => readonly unknown[]): ReadonlySet<string> =>
    new Set(
      tests.flatMap(({ file, test }) =>
        named(test).map(path => normalized(`${file.path}/../${String(path)}`)),
      ),
    )
  const named = pathsOf(tool.filesOf)
  const around = [...pathsOf(tool.foldersOf)].map(folder => (folder === '' ? '' : `${folder}/`))
  const folders = new Set([...tests.map(({ file }) => folderOf(file.path)), ...foldersOfSteps(tool, files)])
  return file => {
    const [path, folder] = [normalized(file.path), folderOf(file.path)]
    return (
      named.has(path) ||
      (tool.expected.test(nameOf(file)) &&
        (folders.has(folder) || around.some(start => path.startsWith(start))))
    )
  }
}

/** The folders with an expectation and a step of the same number. */
function foldersOfSteps({ isNumbered, expected }: TestTool, files: readonly SourceFile[]): readonly string[] {
  if (!isNumbered) return []
  const steps = files.map(file => ({ file, step: stepOf(file), isExpected: expected.test(nameOf(file)) }))
  const taken = new Set(steps.flatMap(({ step, isExpected }) => (isExpected ? [] : (step ?? []))))
  return steps.flatMap(({ file, step, isExpected }) =>
    isExpected && step !== undefined && taken.has(step) ? [folderOf(file.path)] : [],
  )
}

/** The folder of a step and its number. */
function stepOf(file: SourceFile): string | undefined {
  const number = /^(\d+)-.*\.ya?ml$/.exec(nameOf(file))?.[1]
  return number === undefined ? undefined : `${folderOf(file.path)}/${Number(number)}`
}

const nameOf = ({ path }: SourceFile): string => normalized(path).replace(/^.*\//, '')

const testsIn = ({ group, kinds }: TestTool, file: SourceFile): readonly Mapping[] =>
  objectsIn(file).filter(
    ({ apiVersion, kind }) => group.test(String(apiVersion)) && kinds.includes(String(kind)),
  )

const objectsIn = (file: SourceFile): readonly Mapping[] =>
  documentsOf(file)
    .map(document => readDocument(document))
    .flatMap(read => ('error' in read || !isMapping(read.value) ? [] : [read.value]))

function listAt(object: Mapping, field: string): readonly unknown[] {
  const list = valueAt(object, field)
  return Array.isArray(list) ? list : []
}

/** The files of the operations `assert` and `error`, which are in steps, tried or caught. */
function operationFiles(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(operationFiles)
  if (!isMapping(value)) return []
  const files = ['assert', 'error'].flatMap(operation => valueAt(value, operation, 'file') ?? [])
  return [...files, ...Object.values(value).flatMap(operationFiles)]
}

function expectation({ name: tool }: TestTool, file: SourceFile): UnusedReason {
  const counting = objectsIn(file).find(({ kind }) => COUNTING.test(String(kind)))
  if (counting === undefined) return { kind: 'expectation', tool }
  const name = mappingAt(counting, 'metadata')['name']
  return {
    kind: 'expectation',
    tool,
    holds: [counting['kind'], ...(name === undefined ? [] : [name])].join(' '),
  }
}

/** Kinds that would count: policies, and what creates Pods. */
const COUNTING =
  /Policy$|^(?:Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob|List)$/
