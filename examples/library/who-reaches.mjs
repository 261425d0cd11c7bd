// Which Pods can reach one destination, and on which ports, as a table. Run it as `node who-reaches.mjs FOLDER TO`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load, whoCanReach } from 'netpol'

const [folder = '.', to = 'app/database'] = process.argv.slice(2)
const files = readdirSync(folder)
  .filter(name => /\.(ya?ml|json)$/.test(name))
  .map(name => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }))

const { sources, keptOut } = whoCanReach(load(files), { to, by: 'pod' })

/** `TCP 5432, 8080-8090`; a single port is an interval of one. */
const ports = open =>
  open === 'all'
    ? 'all'
    : open
        .map(({ protocol, ports: all }) => {
          const intervals = all.map(([first, last]) => (first === last ? first : `${first}-${last}`))
          return `${protocol} ${intervals.join(', ')}`
        })
        .join('; ')

console.log(`| source | ports |`)
console.log(`| :-- | :-- |`)
for (const { from, open } of sources) console.log(`| ${from.id} | ${ports(open)} |`)
for (const { from, reason } of keptOut) for (const id of from) console.log(`| ${id} | none: ${reason} |`)
