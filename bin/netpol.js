#!/usr/bin/env node
try {
  const { run } = await import('../dist/main.js')
  await run()
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error
  process.stderr.write('error: netpol has not been built\n  = help: run `npm run build` in its folder\n')
  process.exitCode = 2
}
