// Bundles the executable: one file for what every start needs, chunks for what only some commands load.
import { renameSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('.dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: '.dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // A good part of a start is reading our own text.
  minify: true,
  chunkNames: 'chunks/[name]-[hash]',
  mainFields: ['module', 'main'],
  // For node, yaml names its CommonJS form, of which a bundler cannot leave anything out.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  plugins: [
    {
      // commander starts other executables as subcommands; netpol has none, and Node's child_process is slow to load.
      name: 'no-child-process',
      setup(pluginBuild) {
        pluginBuild.onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({
          path,
          namespace: 'empty',
        }))
        pluginBuild.onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: 'module.exports = {}' }))
      },
    },
  ],
  // The packages that are CommonJS ask for Node's own modules by `require`.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  logLevel: 'warning',
})
// Made beside the old one and put in its place at the end, for those who run netpol meanwhile.
rmSync('dist', { recursive: true, force: true })
renameSync('.dist', 'dist')
