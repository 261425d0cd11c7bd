// Makes the executable (dist/*.cjs), the library (dist/index.js with its types), the JSON Schema of the answers, and the linter's
// rules for imports.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { Script } from 'node:vm'
import { build } from 'esbuild'
import { importedPath, inParts, lateModules } from './.parts.mjs'
import { importRules } from './.rooms.mjs'
import { schemaText } from './.schema.mjs'

/** For node, yaml names its CommonJS form, of which a bundler cannot leave anything out. */
const YAML = './node_modules/yaml/browser/index.js'

/** What is done most, by the part of the bundles that has what it calls; it is compiled already, too. */
const STARTS = {
  answer: ['--help', 'can-reach app/frontend app/backend:8080 -f examples/three-tiers'],
  advice: ['can-reach app/frontend app/database:5432 -f examples/three-tiers'],
}

/** What is imported when it is needed, and the bundle that brings it. */
const APART = {
  'src/index.ts': 'answer',
  'src/cli/run-command.ts': 'answer',
  'src/cli/complete.ts': 'answer',
  'src/report/codes.ts': 'codes',
}

writeFileSync('.rooms.json', importRules())
writeFileSync('src/report/schema.json', `${schemaText()}\n`)
rmSync('.dist', { recursive: true, force: true })
const built = await Promise.all([executable(), library()])
licenses(built.flatMap(({ metafile }) => Object.keys(metafile.inputs)))
types()
// Made beside the old one and put in its place at the end, for those who run netpol meanwhile.
rmSync('dist', { recursive: true, force: true })
renameSync('.dist', 'dist')
await compile()

/**
 * What every start needs; what answers need, in parts, and the library among it; the pages of the codes; and the YAML
 * parser. Modules that main.cjs needs as well as the answers are in both, so none of those may have a state.
 */
async function executable() {
  const [main, codes] = ['src/cli/main.ts', 'src/report/codes.ts']
  const whole = await bundles(
    { main, answer: 'answer', codes, yaml: YAML },
    { format: 'cjs', sourcemap: 'external' },
  )
  const late = await lateModules('.dist', { first: 'answer', starts: STARTS, last: 'rest' })
  // Only ES modules can be in one bundle for several others.
  const parts = await bundles(
    { answer: 'answer', advice: 'advice.part', rest: 'rest.part' },
    { format: 'esm', splitting: true },
    inParts(late, 'answer'),
  )
  for (const filename of Object.keys(parts.metafile.outputs)) {
    const text = commonJs(readFileSync(filename, 'utf8'))
    // A SyntaxError where an import or an export is left.
    new Script(`(function () {${text}})`, { filename })
    writeFileSync(filename, text)
  }
  for (const name of readdirSync('.dist')) if (/\.(map|mjs)$/.test(name)) rmSync(join('.dist', name))
  return whole
}

function bundles(entryPoints, options, ...plugins) {
  return build({
    entryPoints,
    outdir: '.dist',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    supported: { 'dynamic-import': false },
    // bin/netpol.js reads a bundle byte by byte.
    charset: 'ascii',
    platform: 'node',
    target: 'node20',
    // A good part of a start is reading our own text.
    minify: true,
    mainFields: ['module', 'main'],
    plugins: [
      ...plugins,
      apart(),
      onDemand(),
      unused(/^(node:child_process|#supports-color|@colors\/colors\/safe)$/),
    ],
    metafile: true,
    logLevel: 'warning',
    ...options,
  })
}

/** A bundle of ES modules as CommonJS. None imports another in a circle, so each can take the values of another as they are. */
function commonJs(text) {
  const pairs = (names, pair) => names.replaceAll(/([\w$]+) as ([\w$]+)/g, pair)
  return text
    .replaceAll(
      /import\{([\w$ ,]+)\}from("[\w:./-]+");/g,
      (_, names, path) => `const{${pairs(names, '$1:$2')}}=require(${path});`,
    )
    .replaceAll(/import("\.\/[\w-]+\.cjs");/g, 'require($1);')
    .replace(/export\{([\w$ ,]+)\};\n$/, (_, names) => `module.exports={${pairs(names, '$2:$1')}}\n`)
}

function apart() {
  const answering = Object.keys(APART).filter(path => APART[path] === 'answer')
  return {
    name: 'apart',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\// }, ({ kind, importer, path }) => {
        if (kind !== 'dynamic-import') return undefined
        const bundle = APART[importedPath(path, importer)]
        return bundle && { path: `./${bundle}.cjs`, external: true }
      })
      onResolve({ filter: /^answer$/ }, () => ({ path: 'answer', namespace: 'apart' }))
      onLoad({ filter: /^answer$/, namespace: 'apart' }, () => ({
        contents: answering.map(path => `export * from './${path}'`).join('\n'),
        resolveDir: '.',
      }))
    },
  }
}

/** Packages that few answers need are bundles of their own, which are loaded when something of them is used. */
function onDemand() {
  return {
    name: 'on demand',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^yaml$/ }, ({ path }) => ({ path, namespace: 'on demand' }))
      onResolve({ filter: /^\.\/yaml\.cjs$/ }, ({ path }) => ({ path, external: true }))
      onLoad({ filter: /./, namespace: 'on demand' }, async ({ path }) => {
        const names = Object.keys(await import(path)).filter(name => name !== 'default')
        const getters = names.map(name => `get ${name}() { return load().${name} }`)
        return {
          contents: `const load = () => require('./${path}.cjs')\nmodule.exports = { ${getters.join(', ')} }`,
        }
      })
    },
  }
}

/**
 * commander starts other executables as subcommands, and netpol has none; chalk looks at the terminal, and netpol tells it
 * whether there are colors; cli-table3 has colors of its own, which nobody asks for. The modules of Node's that they would
 * do it with are slow to load, and a browser has none.
 */
function unused(filter) {
  return {
    name: 'unused',
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, ({ importer }) =>
        importer.includes('node_modules') ? { path: 'unused', namespace: 'unused' } : undefined,
      )
      onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'export default {}' }))
    },
  }
}

/** An ES module that runs in browsers too, with what is seldom needed apart. */
function library() {
  return build({
    entryPoints: ['src/index.ts'],
    outdir: '.dist',
    chunkNames: 'library/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { yaml: YAML },
    plugins: [unused(/^@colors\/colors\/safe$/)],
    metafile: true,
    logLevel: 'warning',
  })
}

/** The licenses of the packages whose code the bundles have. */
function licenses(inputs) {
  const packages = new Set(
    inputs.flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []).sort(),
  )
  const texts = [...packages].map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
    if (file === undefined) throw new Error(`${folder} has no license`)
    return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`
  })
  writeFileSync('.dist/licenses.txt', texts.join(`\n${'-'.repeat(80)}\n\n`))
}

/** The declarations that the library's own lead to. */
function types() {
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    // Nothing of Node's: what a browser has is enough for the library.
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
    rootDir: '../src',
    outDir: 'all-types',
  }
  const project = { extends: '../tsconfig.json', compilerOptions, include: [], files: ['../src/index.ts'] }
  writeFileSync('.dist/tsconfig.json', JSON.stringify(project))
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', '.dist'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stdout)
  const wanted = ['index']
  for (const path of wanted) {
    const text = readFileSync(`.dist/all-types/${path}.d.ts`, 'utf8')
    for (const [, name] of text.matchAll(/(?:from |import\()['"](\..*?)\.ts['"]/g)) {
      const other = posix.join(posix.dirname(path), name)
      if (!wanted.includes(other)) wanted.push(other)
    }
    mkdirSync(dirname(`.dist/types/${path}`), { recursive: true })
    writeFileSync(`.dist/types/${path}.d.ts`, text)
  }
  for (const made of ['all-types', 'tsconfig.json']) rmSync(`.dist/${made}`, { recursive: true })
}

/**
 * Compiling is a third of a start, so what V8 has compiled by the end of some is kept beside the bundles. It is for this Node
 * alone; others do without.
 */
async function compile() {
  const { bundles, load } = createRequire(import.meta.url)('./bin/netpol.js')
  const { main, processIo } = load('./main.cjs')
  const io = { ...processIo(), out() {}, err() {} }
  for (const start of Object.values(STARTS).flat()) await main(start.split(' '), io, 'netpol')
  load('./rest.cjs')
  for (const { script, text, cache } of bundles.values()) {
    const made = script.createCachedData()
    writeFileSync(cache, Buffer.concat([Buffer.from(text, 'latin1'), made, made]))
  }
}
