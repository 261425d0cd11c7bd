import { CASES } from './cases.ts'

/* The cases, a line of JSON for each, as the oracle reads them. */
for (const { id, text } of CASES)
  console.log(JSON.stringify({ id, text: Buffer.from(text).toString('base64') }))
