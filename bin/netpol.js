#!/usr/bin/env node
// CommonJS, as in dist/: Node's loader for ES modules is a twelfth of a start.
const { existsSync, readFileSync } = require('node:fs')
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')

const DIST = join(__dirname, '..', 'dist')

/**
 * What V8 made of a bundle when it was built here; the package has none. No other Node looks at it. V8 runs whatever fits in
 * length, so the file has the bundle that it was made of, and twice what was made: comparing them finds each bit that has
 * changed, and takes less time than it takes to load a checksum.
 */
const CACHE = `.${process.version}-${process.platform}-${process.arch}.cache`

function cacheOf(filename, bundle) {
  const path = filename + CACHE
  if (!existsSync(path)) return undefined
  const file = readFileSync(path)
  const length = (file.length - bundle.length) / 2
  if (!Number.isInteger(length) || length <= 0 || !bundle.equals(file.subarray(0, bundle.length)))
    return undefined
  const made = file.subarray(bundle.length, bundle.length + length)
  return made.equals(file.subarray(bundle.length + length)) ? made : undefined
}

const bundles = new Map()

/** Runs a bundle as Node runs a CommonJS module, but does not compile what is compiled already. */
function load(name) {
  const known = bundles.get(name)
  if (known !== undefined) return known.exports
  const filename = join(DIST, name)
  const bytes = readFileSync(filename)
  const script = new Script(`(function (exports, require, module) {${bytes.latin1Slice()}\n})`, {
    filename,
    cachedData: cacheOf(filename, bytes),
  })
  const bundle = { exports: {}, script, bytes, cache: filename + CACHE }
  bundles.set(name, bundle)
  script.runInThisContext()(bundle.exports, id => (id.startsWith('./') ? load(id) : require(id)), bundle)
  return bundle.exports
}

/** Without a cache of the build, Node keeps one of its own where it can. */
function loadMain() {
  if (existsSync(join(DIST, `main.cjs${CACHE}`))) return load('./main.cjs')
  enableCompileCache?.()
  return require(join(DIST, 'main.cjs'))
}

// .build.mjs loads the bundles by this too, to see what becomes of them.
if (require.main !== module) module.exports = { bundles, load }
else {
  // Node's own exit code would be 1, which is a no.
  process.on('uncaughtException', error => {
    const shown = process.env.NETPOL_DEBUG === '1' ? error.stack : error.message
    process.stderr.write(`error: netpol failed: ${shown}\n  = help: install it anew\n`)
    process.exit(2)
  })
  if (existsSync(join(DIST, 'main.cjs'))) loadMain().run()
  else {
    process.stderr.write('error: netpol has not been built\n  = help: run `npm run build` in its folder\n')
    process.exitCode = 2
  }
}
