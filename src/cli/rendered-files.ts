import {
  CannotAnswer,
  cannotAnswer,
  decodeFile,
  namedInKustomization,
  printable,
  type SourceFile,
} from '../index.ts'
import { type Io, joinPaths, type Ran } from './io.ts'
import { mostBytes } from './load-files.ts'
import { KUSTOMIZATIONS, nearKustomizations } from './near-kustomizations.ts'
import { errorIn, linesOf } from './renderer-words.ts'
import type { Reading } from './shared-options.ts'

/*
 * kustomize and Helm: the user's own programs make manifests, and only when they are asked for (`-k`, `--helm`).
 */

type Rendering = Pick<Reading, 'kustomize' | 'helm' | 'values' | 'set' | 'release' | 'namespace'>

/** What a renderer made. */
export interface RenderedFile {
  readonly file: SourceFile
  readonly program: string
  /** What it said of it, by lines. */
  readonly warnings: readonly string[]
}

/** What the renderers made, in the order of `-k` and `--helm`. Throws CannotAnswer where one is not installed, or fails. */
export async function renderedFiles(reading: Rendering, io: Io): Promise<readonly RenderedFile[]> {
  for (const [option, isGiven] of [
    ['--values', reading.values.length > 0],
    ['--set', reading.set.length > 0],
    ['--release', reading.release !== undefined],
  ] as const)
    if (isGiven && reading.helm === undefined)
      cannotAnswer(
        'BAD_OPTION',
        `\`${option}\` is of no use without \`--helm\``,
        'name the chart with `--helm`',
      )
  if (reading.values.includes('-'))
    cannotAnswer(
      'BAD_OPTION',
      '`--values -`: helm is run without standard input',
      'save the values to a file',
    )
  const files: RenderedFile[] = []
  for (const folder of reading.kustomize) files.push(await kustomized(folder, io))
  if (reading.helm !== undefined) files.push(await helmed(reading.helm, reading, io))
  return files
}

async function kustomized(folder: string, io: Io): Promise<RenderedFile> {
  const own = kustomizationFolder(folder)
  if (own !== undefined)
    cannotAnswer(
      'CANNOT_RENDER',
      `\`${printable(folder)}\` is the file of a kustomization, which is named by its folder`,
      `ask with \`-k ${printable(own)}\``,
    )
  const { file, ...more } = await firstInstalled(
    [
      ['kustomize', 'build', ...words(folder)],
      ['kubectl', 'kustomize', ...words(folder)],
    ],
    'kustomize',
    io,
    () => insteadOf(folder, io),
  )
  const fileOf = fileBelow(folder, io)
  let known: readonly SourceFile[] | undefined
  const patches = (): readonly SourceFile[] => {
    known ??= [...new Set(partsNamedIn('.', fileOf, new Set()))]
    return known
  }
  return { file: { ...file, rendered: { mark: ORIGIN_ANNOTATION, fileOf, patches } }, ...more }
}

/** How many kustomizations are named where several may be meant. */
const MOST_NAMED = 3

/** What helps where a folder is no kustomization; undefined where it is one, or none is near. */
function insteadOf(folder: string, io: Io): string | undefined {
  const near = nearKustomizations(folder, io)
  if (near.length === 0) return undefined
  const named = near.slice(0, MOST_NAMED).map(path => `\`-k ${printable(path)}\``)
  const left = near.length - named.length
  return `did you mean ${named.join(' or ')}${left > 0 ? ` or one of ${left} more` : ''}?`
}

/** The folder of the kustomization that a file is; undefined for a path that does not end like one. */
export function kustomizationFolder(path: string): string | undefined {
  const name = KUSTOMIZATIONS.find(one => path === one || path.endsWith(`/${one}`))
  return name === undefined
    ? undefined
    : path.slice(0, -name.length - 1) || (path.startsWith('/') ? '/' : '.')
}

/** The files that a kustomization, and those that it is made of, name and that are no objects. */
function partsNamedIn(
  folder: string,
  fileOf: (path: string) => SourceFile | undefined,
  seen: Set<SourceFile>,
): readonly SourceFile[] {
  const [file] = KUSTOMIZATIONS.flatMap(name => fileOf(joinPaths(folder, name)) ?? [])
  if (file === undefined || seen.has(file)) return []
  seen.add(file)
  const { resources, parts } = namedInKustomization(file)
  return [
    ...parts.flatMap(path => fileOf(joinPaths(folder, path)) ?? []),
    ...resources.flatMap(path => partsNamedIn(joinPaths(folder, path), fileOf, seen)),
  ]
}

/** What begins with a dash is no option of the renderer's. */
const words = (...all: readonly string[]): readonly string[] =>
  all.some(word => word.startsWith('-')) ? ['--', ...all] : all

/** As kustomize writes it with `buildMetadata: [originAnnotations]`. What comes from elsewhere has a `repo` after its path. */
const ORIGIN_ANNOTATION = /^ +config\.kubernetes\.io\/origin: \|\n +path: (.+)$(?!\n +repo:)/m

async function helmed(
  chart: string,
  { values, set, release, namespace = 'default' }: Rendering,
  io: Io,
): Promise<RenderedFile> {
  const { file, ...more } = await firstInstalled(
    [
      [
        'helm',
        'template',
        // Else it is that of HELM_NAMESPACE or of the kubeconfig, and objects that name none would be in another one.
        '--namespace',
        namespace,
        ...values.flatMap(path => ['--values', path]),
        ...set.flatMap(pair => ['--set', pair]),
        ...words(...(release === undefined ? [] : [release]), chart),
      ],
    ],
    'helm',
    io,
  )
  const inChart = fileBelow(chart, io)
  // The first part is the chart's name, which need not be that of its folder.
  const fileOf = (path: string): SourceFile | undefined => inChart(path.slice(path.indexOf('/') + 1))
  return { file: { ...file, rendered: { mark: SOURCE_COMMENT, fileOf } }, ...more }
}

const SOURCE_COMMENT = /^# Source: (.+)$/m

/** Runs the first of some command lines whose program is installed; `helpOn` says what helps where it fails. */
async function firstInstalled(
  lines: readonly (readonly [string, ...string[]])[],
  name: string,
  io: Io,
  helpOn: () => string | undefined = () => undefined,
): Promise<RenderedFile> {
  for (const [program, ...args] of lines) {
    const ran = await io.run(program, args, mostBytes(io))
    if (ran === 'not-installed') continue
    const line = [program, ...args].map(quoted).join(' ')
    if (ran.status !== 0) throw new CannotAnswer([failed(line, ran, helpOn())])
    return {
      file: { ...decodeFile(line, ran.stdout), isNamed: true },
      program,
      warnings: linesOf(ran.stderr),
    }
  }
  const programs = lines.map(([program]) => `\`${program}\``).join(' and ')
  throw new CannotAnswer([
    {
      severity: 'error',
      code: 'CANNOT_RENDER',
      message: `${programs} ${lines.length > 1 ? 'are' : 'is'} not installed, or not on the PATH`,
      help: `install ${name}, or render elsewhere and give the result to \`-f -\``,
    },
  ])
}

/** A word as a shell takes it. */
const quoted = (word: string): string =>
  /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

/** The renderer says best what is wrong. */
function failed(line: string, { status, stderr }: Ran, help = BY_ITSELF) {
  const said = errorIn(stderr)
  const shown = said.length > MOST_WORDS ? `${said.slice(0, MOST_WORDS)}…` : said
  return {
    severity: 'error',
    code: 'CANNOT_RENDER',
    message: `\`${line}\` failed: ${shown === '' ? `exit code ${status}` : shown}`,
    help,
  } as const
}

const BY_ITSELF =
  'run it by itself, with other options if needed, until it prints the manifests; `-f -` reads them from a pipe'

const MOST_WORDS = 2_000

/** Reads files by their paths below a folder, each once; undefined for one that cannot be read. */
function fileBelow(folder: string, io: Io): (path: string) => SourceFile | undefined {
  const known = new Map<string, SourceFile | undefined>()
  return path => {
    const full = joinPaths(folder, path)
    if (!known.has(full)) known.set(full, readable(full, io))
    return known.get(full)
  }
}

function readable(path: string, io: Io): SourceFile | undefined {
  try {
    return decodeFile(
      path,
      io.read(path, () => mostBytes(io)),
    )
  } catch {
    return undefined
  }
}
