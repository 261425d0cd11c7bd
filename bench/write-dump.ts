import { closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { cluster } from './cluster.ts'
import { dumpOf } from './dump.ts'

/*
 * Writes one dump of some 100 MB as kubectl prints it, in YAML and in JSON, into a folder; prints where and how large.
 */

const [folder = '.'] = process.argv.slice(2)
const dump = dumpOf(cluster({ pods: 9000, policies: 1000, shape: 'usual' }))
const [yaml, pretty, plain] = ['dump.yaml', 'dump.json', 'plain.json'].map(name => join(folder, name))

function writeYaml(path: string): void {
  const file = openSync(path, 'w')
  writeSync(file, 'apiVersion: v1\nitems:\n')
  for (const item of Array.isArray(dump['items']) ? dump['items'] : [])
    writeSync(
      file,
      stringify([item], { indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' }),
    )
  writeSync(file, 'kind: List\nmetadata:\n  resourceVersion: ""\n')
  closeSync(file)
}

if (yaml !== undefined && pretty !== undefined && plain !== undefined) {
  writeYaml(yaml)
  writeFileSync(pretty, JSON.stringify(dump, null, 4))
  writeFileSync(plain, JSON.stringify(dump))
  const size = (path: string): number => statSync(path).size
  console.log(
    JSON.stringify({
      yaml,
      pretty,
      plain,
      sizes: { yaml: size(yaml), pretty: size(pretty), plain: size(plain) },
    }),
  )
}
