import { reference } from '../command.ts'

export const codes = reference({
  name: 'codes',
  summary: 'what a code in an answer means, with an example, and how to mend it',
  kind: 'Codes',
  arguments: [
    {
      name: 'code',
      description: 'a code, such as NEAR_MISS_LABEL, or how it begins; without it all are listed',
      optional: true,
      completes: 'code',
    },
  ],
  settings: {},
  examples: ['codes', 'codes DNS_BLOCKED', 'codes near_miss', 'codes DENIED_BY_INGRESS -o json'],
  run: async ({ args: [code], flags: { output: format }, program, runExample }) => {
    const { codes: find, isData } = await import('../../index.ts')
    const found = await find(code, { program })
    // The text of a list shows no examples, and to ask them all takes a while.
    if (found.length > 1 && (format === undefined || !isData(format)))
      return { output: { kind: 'CodeList', codes: found } }
    const pages = found.map(async one => ({ ...one, example: await runExample(one.example) }))
    return { output: { kind: 'Codes', codes: await Promise.all(pages) } }
  },
})
