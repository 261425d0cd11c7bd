// Cuts a bundle into parts: what a usual start calls at once, and what is read when one of its functions is first called.
import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { createRequire, SourceMap } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/**
 * The modules that can wait until one of their functions is called, by path: the names of these, and the part that the module
 * is in. A value cannot wait, so what exports anything but functions is not among them.
 *
 * @param folder has main.cjs, which runs a command line, and first.cjs, which is to be cut, with a source map
 * @param first the name of what is read at once
 * @param starts the command lines of each part: a module is in the first of whose starts V8 counts a call in it
 * @param last the part of what none of them calls
 */
export async function lateModules(folder, { first, starts, last }) {
  const bundle = resolve(folder, `${first}.cjs`)
  const map = new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')))
  const parts = await partsCalled(bundle, map, Object.entries(starts))
  const sources = map.payload.sources.filter(
    source => source.startsWith('../src/') && parts.get(source) !== first,
  )
  const paths = sources.map(source => sourcePath(resolve(folder, source)))
  const exported = await exportsOf(paths, join(folder, 'modules.mjs'))
  return new Map(
    exported.flatMap((values, index) => {
      const part = parts.get(sources[index]) ?? last
      return isLate(values) ? [[paths[index], { part, names: Object.keys(values) }]] : []
    }),
  )
}

const isLate = values => Object.keys(values).length > 0 && Object.values(values).every(isFunction)

const isFunction = value => typeof value === 'function' && !/^class\b/.test(String(value))

/** By the source: the first part of whose starts V8 counts a call in it. */
async function partsCalled(bundle, map, starts) {
  const session = new Session()
  const post = (method, params) => {
    let answer
    session.post(method, params, (error, result) => {
      if (error !== null) throw error
      answer = result
    })
    return answer
  }
  session.connect()
  post('Profiler.enable')
  post('Profiler.startPreciseCoverage', { callCount: true })
  const { main, processIo } = createRequire(bundle)('./main.cjs')
  const io = { ...processIo(), out() {}, err() {} }
  const sourceAt = sourcesOf(bundle, map)
  const parts = new Map()
  for (const [part, lines] of starts) {
    for (const line of lines) await main(line.split(' '), io, 'netpol')
    // With each answer V8 begins to count from zero.
    const { result } = post('Profiler.takePreciseCoverage')
    const { functions } = result.find(({ url }) => url === pathToFileURL(bundle).href)
    for (const { ranges } of functions) {
      const [{ startOffset, count }] = ranges
      const source = sourceAt(startOffset)
      // The bundle itself begins at 0.
      if (startOffset > 0 && count > 0 && !parts.has(source)) parts.set(source, part)
    }
  }
  session.disconnect()
  return parts
}

/** Tells from which source a place in the bundle is. */
function sourcesOf(bundle, map) {
  const lines = readFileSync(bundle, 'utf8').split('\n')
  return offset => {
    let [line, column] = [0, offset]
    while (column > lines[line].length) column -= lines[line++].length + 1
    return map.findEntry(line, column).originalSource
  }
}

/** What each module exports. */
async function exportsOf(paths, outfile) {
  const imports = paths.map((path, index) => `import * as m${index} from './${path}'`)
  const contents = `${imports.join('\n')}\nexport default [${paths.map((_, index) => `m${index}`)}]`
  await build({
    stdin: { contents, resolveDir: '.' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  })
  return (await import(pathToFileURL(outfile).href)).default
}

/** The path of a file from here, with the slashes of an import. */
const sourcePath = path => relative('.', path).replaceAll('\\', '/')

/** That of what a file imports. */
export const importedPath = (written, importer) => sourcePath(join(dirname(importer), written))

/** Resolves the parts, whose names end in `.part`, and makes functions that load them of what is imported from them. */
export function inParts(modules, first) {
  const allNames = [...modules.values()].flatMap(({ names }) => names)
  const paths = [...modules.keys()]
  const isUnique = name => allNames.indexOf(name) === allNames.lastIndexOf(name)
  const nameInPart = (path, name) => (isUnique(name) ? name : `${name}${paths.indexOf(path)}`)
  return {
    name: 'in parts',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.part$/ }, ({ path }) => ({
        path: path.slice(0, -'.part'.length),
        namespace: 'part',
      }))
      onLoad({ filter: /./, namespace: 'part' }, ({ path: part }) => {
        const exports = paths.flatMap(path => {
          const module = modules.get(path)
          if (module.part !== part) return []
          return [
            `export { ${module.names.map(name => `${name} as ${nameInPart(path, name)}`)} } from './${path}'`,
          ]
        })
        // What several parts have is in bundles of its own: so that it is one, each has all of the first part.
        return { contents: [`import '${first}'`, ...exports].join('\n'), resolveDir: '.' }
      })
      onResolve({ filter: /^\.\.?\// }, ({ path: written, importer, namespace, kind }) => {
        if (namespace !== 'file') return undefined
        const path = importedPath(written, importer)
        const module = modules.get(path)
        if (module === undefined) return undefined
        if (kind === 'dynamic-import') return { path: `./${module.part}.cjs`, external: true }
        return modules.get(sourcePath(importer))?.part === module.part
          ? undefined
          : { path, namespace: 'late' }
      })
      onLoad({ filter: /./, namespace: 'late' }, ({ path }) => {
        const { part, names } = modules.get(path)
        const late = names.map(
          name => `export const ${name} = (...args) => load().${nameInPart(path, name)}(...args)`,
        )
        late.unshift('let loaded', `const load = () => (loaded ??= require('./${part}.cjs'))`)
        return { contents: late.join('\n') }
      })
      const bundles = new Set([...modules.values()].map(({ part }) => `./${part}.cjs`))
      onResolve({ filter: /\.cjs$/ }, ({ path }) =>
        bundles.has(path) ? { path, external: true } : undefined,
      )
    },
  }
}
