#!/usr/bin/env node
// CommonJS, as in dist/: Node's loader for ES modules is a twelfth of a start.
const { closeSync, existsSync, fstatSync, openSync, readSync } = require('node:fs')
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

/** The bytes of a bundle as a function. */
function functionOf(filename) {
  const file = openSync(filename)
  const { size } = fstatSync(file)
  const bytes = Buffer.alloc(HEAD.length + size + FOOT.length)
  bytes.latin1Write(HEAD)
  readSync(file, bytes, HEAD.length, size)
  bytes.latin1Write(FOOT, HEAD.length + size)
  closeSync(file)
  return bytes
}

/** What was made of these bytes, where that is known. */
function madeOf(bytes, cache) {
  if (!existsSync(cache)) return undefined
  const file = openSync(cache)
  try {
    const length = (fstatSync(file).size - bytes.length) / 2
    if (!Number.isInteger(length) || length <= 0 || !isNext(file, bytes)) return undefined
    const made = Buffer.allocUnsafeSlow(length)
    readSync(file, made)
    return isNext(file, made) ? made : undefined
  } finally {
    closeSync(file)
  }
}

/** In pieces, because memory that is used again costs less than reading does. */
const piece = Buffer.allocUnsafeSlow(2 ** 16)

/** Whether these are the next bytes of a file. */
function isNext(file, bytes) {
  for (let from = 0; from < bytes.length; from += piece.length) {
    const end = Math.min(from + piece.length, bytes.length)
    const length = readSync(file, piece, 0, end - from)
    if (piece.compare(bytes, from, end, 0, length) !== 0) return false
  }
  return true
}

const bundles = new Map()

/** Runs a bundle as Node runs a CommonJS module, but does not compile what is compiled already. */
function load(name) {
  const known = bundles.get(name)
  if (known !== undefined) return known.exports
  const filename = join(DIST, name)
  const bytes = functionOf(filename)
  const cachedData = madeOf(bytes, filename + CACHE)
  const text = bytes.latin1Slice()
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
    process.stderr.write(`error: netpol failed: ${shown}\n  = help: reinstall it\n`)
    process.exit(2)
  })
  if (existsSync(join(DIST, 'main.cjs'))) loadMain().run()
  else {
    process.stderr.write('error: netpol has not been built\n  = help: run `npm run build` in its folder\n')
    process.exitCode = 2
  }
}
