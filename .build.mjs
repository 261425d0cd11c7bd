// Bundles the executable in three: what every start needs, what answers need, and the pages of the codes.
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { build } from 'esbuild'
import { reportSchema } from './.schema.mjs'

writeFileSync('src/report/schema.json', `${JSON.stringify(reportSchema(), null, 2)}\n`)

rmSync('.dist', { recursive: true, force: true })
await build({
  // Modules that two need are in both, so none of those may have a state.
  entryPoints: ['src/cli/main.ts', 'src/cli/answer.ts', 'src/report/codes.ts'],
  entryNames: '[name]',
  outdir: '.dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  supported: { 'dynamic-import': false },
  // bin/netpol.js reads a bundle byte by byte, and calls it as the function that Node makes of a CommonJS module.
  charset: 'ascii',
  banner: { js: '(function (exports, require, module) {' },
  footer: { js: '})' },
  platform: 'node',
  target: 'node20',
  // A good part of a start is reading our own text.
  minify: true,
  mainFields: ['module', 'main'],
  // For node, yaml names its CommonJS form, of which a bundler cannot leave anything out.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  plugins: [
    {
      name: 'apart',
      setup({ onResolve }) {
        onResolve({ filter: /\/(?:answer|codes)\.ts$/ }, ({ kind, path }) =>
          kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.cjs`, external: true } : undefined,
        )
      },
    },
    {
      // commander starts other executables as subcommands, and netpol has none; chalk looks at the terminal, and netpol
      // tells it whether there are colours. The modules of Node's that they would do it with are slow to load.
      name: 'unused',
      setup({ onResolve, onLoad }) {
        const unused = { path: 'unused', namespace: 'unused' }
        onResolve({ filter: /^(node:child_process|#supports-color)$/ }, () => unused)
        onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'export default {}' }))
      },
    },
  ],
  logLevel: 'warning',
})
// Made beside the old one and put in its place at the end, for those who run netpol meanwhile.
rmSync('dist', { recursive: true, force: true })
renameSync('.dist', 'dist')

// Compiling is a third of a start, so what V8 has compiled by the end of some is kept beside the bundles. It is for this
// Node alone; others do without.
const { bundles, load } = createRequire(import.meta.url)('./bin/netpol.js')
const { main, processIo } = load('./main.cjs')
const io = { ...processIo(), out() {}, err() {} }
for (const typed of [
  '--help',
  'can-reach app/frontend app/backend:8080 -f examples/three-tiers',
  'can-reach web/frontend web/nginx:80 -f examples/selectors',
])
  await main(typed.split(' '), io, 'netpol')
for (const { script, cache } of bundles.values()) writeFileSync(cache, script.createCachedData())
