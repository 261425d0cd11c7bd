#!/usr/bin/env node
// CommonJS, as in dist/: Node's loader for ES modules is a twelfth of a start.
const { existsSync, readFileSync } = require('node:fs')
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')
const { Script } = require('node:vm')

const DIST = join(__dirname, '..', 'dist')

/**
 * What V8 made of a bundle when it was built here; the package has none, and no other Node looks at it. V8 runs whatever fits
 * in length, so the file has the bundle that it was made of, and twice what was made. Comparing them finds each changed bit,
 * and is done before Node has loaded a checksum.
 */
const CACHE = `.${process.version}-${process.platform}-${process.arch}.cache`

/** As Node calls a CommonJS module. */
const [HEAD, FOOT] = ['(function (exports, require, module) {', '\n})']

/** The text of a bundle as a function, and what was made of it where that is known. */
function read(filename) {
  const bytes = readFileSync(filename)
  const cache = filename + CACHE
  const made = existsSync(cache) ? madeOf(bytes, readFileSync(cache)) : undefined
  return made ?? { text: HEAD + bytes.latin1Slice() + FOOT }
}

function madeOf(bytes, file) {
  const end = HEAD.length + bytes.length + FOOT.length
  const length = (file.length - end) / 2
  if (!Number.isInteger(length) || length <= 0) return undefined
  if (!bytes.equals(file.subarray(HEAD.length, HEAD.length + bytes.length))) return undefined
  const cachedData = file.subarray(end, end + length)
  if (!cachedData.equals(file.subarray(end + length))) return undefined
  return { text: file.latin1Slice(0, end), cachedData }
}

const bundles = new Map()

/** Runs a bundle as Node runs a CommonJS module, but does not compile what is compiled already. */
function load(name) {
  const known = bundles.get(name)
  if (known !== undefined) return known.exports
  const filename = join(DIST, name)
  const { text, cachedData } = read(filename)
  const script = new Script(text, { filename, cachedData })
  const bundle = { exports: {}, script, text, cache: filename + CACHE }
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
