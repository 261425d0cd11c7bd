import { CannotAnswer, cannotAnswer, decodeFile, type SourceFile } from '../index.ts'
import { type Io, joinPaths, type Ran } from './io.ts'
import { mostBytes } from './load-files.ts'
import type { Reading } from './shared-options.ts'

/*
 * kustomize and Helm: the user's own programs make manifests, and only when they are asked for (`-k`, `--helm`).
 */

type Rendering = Pick<Reading, 'kustomize' | 'helm' | 'values' | 'set' | 'release' | 'namespace'>

/** What the renderers made, in the order of `-k` and `--helm`. Throws CannotAnswer where one is not installed, or fails. */
export async function renderedFiles(reading: Rendering, io: Io): Promise<readonly SourceFile[]> {
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
  const files: SourceFile[] = []
  for (const folder of reading.kustomize) files.push(await kustomized(folder, io))
  if (reading.helm !== undefined) files.push(await helmed(reading.helm, reading, io))
  return files
}

async function kustomized(folder: string, io: Io): Promise<SourceFile> {
  const file = await firstInstalled(
    [
      ['kustomize', 'build', folder],
      ['kubectl', 'kustomize', folder],
    ],
    'kustomize',
    io,
  )
  return { ...file, rendered: { mark: ORIGIN_ANNOTATION, fileOf: fileBelow(folder, io) } }
}

/** As kustomize writes it with `buildMetadata: [originAnnotations]`. What comes from elsewhere has a `repo` before its path. */
const ORIGIN_ANNOTATION = /^ +config\.kubernetes\.io\/origin: \|\n +path: (.+)$/m

async function helmed(
  chart: string,
  { values, set, release, namespace }: Rendering,
  io: Io,
): Promise<SourceFile> {
  const file = await firstInstalled(
    [
      [
        'helm',
        'template',
        ...(release === undefined ? [] : [release]),
        chart,
        ...(namespace === undefined ? [] : ['--namespace', namespace]),
        ...values.flatMap(file => ['--values', file]),
        ...set.flatMap(pair => ['--set', pair]),
      ],
    ],
    'helm',
    io,
  )
  const inChart = fileBelow(chart, io)
  // The first part is the chart's name, which need not be that of its folder.
  const fileOf = (path: string): SourceFile | undefined => inChart(path.slice(path.indexOf('/') + 1))
  return { ...file, rendered: { mark: SOURCE_COMMENT, fileOf } }
}

const SOURCE_COMMENT = /^# Source: (.+)$/m

/** Runs the first of some command lines whose program is installed. */
async function firstInstalled(
  lines: readonly (readonly [string, ...string[]])[],
  name: string,
  io: Io,
): Promise<SourceFile> {
  for (const [program, ...args] of lines) {
    const ran = await io.run(program, args)
    if (ran === 'not-installed') continue
    const line = [program, ...args].map(quoted).join(' ')
    if (ran.status !== 0) throw new CannotAnswer([failed(line, ran)])
    return { ...decodeFile(line, ran.stdout), isNamed: true }
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
function failed(line: string, { status, stderr }: Ran) {
  const said = stderr
    .split('\n')
    .map(text => text.trim())
    .filter(text => text !== '')
    .join('; ')
  const words = said.length > MOST_WORDS ? `${said.slice(0, MOST_WORDS)}…` : said
  return {
    severity: 'error',
    code: 'CANNOT_RENDER',
    message: `\`${line}\` failed: ${words === '' ? `exit code ${status}` : words}`,
    help: 'run it by itself until it prints the manifests',
  } as const
}

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
