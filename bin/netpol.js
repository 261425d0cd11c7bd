#!/usr/bin/env node
// CommonJS, as in dist/: Node's loader for ES modules is a twelfth of a start.
const { existsSync } = require('node:fs')
const { join } = require('node:path')

const main = join(__dirname, '..', 'dist', 'main.cjs')
if (existsSync(main)) require(main).run()
else {
  process.stderr.write('error: netpol has not been built\n  = help: run `npm run build` in its folder\n')
  process.exitCode = 2
}
