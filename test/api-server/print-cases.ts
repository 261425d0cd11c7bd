import { CASES, hashOf } from './cases.ts'

/* The cases, a line of JSON for each, as the oracle reads them. */
for (const { id, yaml } of CASES) console.log(JSON.stringify({ ID: id, Hash: hashOf(yaml), YAML: yaml }))
