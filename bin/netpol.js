#!/usr/bin/env node
// CommonJS, as in dist/: Node's loader for ES modules is a twelfth of a start.
const { existsSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')

const DIST = join(__dirname, '..', 'dist')

/** What V8 made of a bundle when it was built. No other Node looks at it, and V8 refuses what it did not make like this. */
const CACHE = `.${process.version}-${process.platform}-${process.arch}.cache`

const bundles = new Map()

/** Runs a bundle as Node runs a CommonJS module, but does not compile what is compiled already. */
function load(name) {
  const known = bundles.get(name)
  if (known !== undefined) return known.exports
  const filename = join(DIST, name)
  const cache = filename + CACHE
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData })
  const bundle = { exports: {}, script, cache }
  bundles.set(name, bundle)
  script.runInThisContext()(bundle.exports, id => (id.startsWith('./') ? load(id) : require(id)), bundle)
  return bundle.exports
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
  if (existsSync(join(DIST, 'main.cjs'))) load('./main.cjs').run()
  else {
    process.stderr.write('error: netpol has not been built\n  = help: run `npm run build` in its folder\n')
    process.exitCode = 2
  }
}
