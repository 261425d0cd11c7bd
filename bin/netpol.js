#!/usr/bin/env node
// CommonJS, as in dist/: Node's loader for ES modules is a twelfth of a start.
const { existsSync, readFileSync } = require('node:fs')
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')
const { crc32 } = require('node:zlib')

const DIST = join(__dirname, '..', 'dist')

/** What V8 made of a bundle when it was built here; the package has none. No other Node looks at it. */
const CACHE = `.${process.version}-${process.platform}-${process.arch}.cache`

/** V8 runs whatever fits in length, so a cache begins with a checksum of the bundle and of itself. */
function cacheOf(filename, bundle) {
  const path = filename + CACHE
  if (crc32 === undefined || !existsSync(path)) return undefined
  const file = readFileSync(path)
  const made = file.subarray(SUM_LENGTH)
  return file.length > SUM_LENGTH && file.readUInt32LE() === checksum(bundle, made) ? made : undefined
}

/** Of the checksums that Node has, this one is loaded in the shortest time; before 20.15 there is no cache. */
const checksum = (bundle, made) => crc32(made, crc32(bundle))
const SUM_LENGTH = 4

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
if (require.main !== module) module.exports = { bundles, checksum, load }
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
