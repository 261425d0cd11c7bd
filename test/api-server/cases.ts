import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/*
 * NetworkPolicies, good and broken, as somebody could write them: the entries of entries.txt, each in its place of a
 * policy that is good otherwise, and texts that are about YAML itself.
 */

export interface Case {
  /** What is in it, and so its name. */
  readonly id: string
  readonly yaml: string
}

/** The lines below each heading of entries.txt. */
const ENTRIES: ReadonlyMap<string, readonly string[]> = new Map(
  readFileSync('test/api-server/entries.txt', 'utf8')
    .split(/^## /m)
    .slice(1)
    .map(section => {
      const [heading = '', ...lines] = section.trimEnd().split('\n')
      return [heading, lines.map(repeated)] as const
    }),
)

/** `{{x*3}}` is `xxx`. */
function repeated(line: string): string {
  return line.replace(/\{\{(\w)\*(\d+)\}\}/g, (_, letter: string, times: string) =>
    letter.repeat(Number(times)),
  )
}

const manifest = (metadata: string, spec: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {${metadata}}\nspec: ${spec}\n`
const withSpec = (spec: string): string => manifest('name: api', spec)
const withMetadata = (metadata: string): string => manifest(metadata, '{podSelector: {}}')
const withPeer = (peer: string): string => withSpec(`{podSelector: {}, egress: [{to: [${peer}]}]}`)

/** Where the entries of a heading go. */
const PLACES: readonly (readonly [heading: string, place: string, yamlOf: (entry: string) => string])[] = [
  ['name', 'name', name => withMetadata(`name: ${name}`)],
  ['namespace', 'namespace', name => withMetadata(`name: api, namespace: ${name}`)],
  ['metadata', 'metadata', more => withMetadata(`name: api, ${more}`)],
  ['key of a label', 'key of a label', key => withMetadata(`name: api, labels: {${key}: x}`)],
  ['key of a label', 'key in a selector', key => withSpec(`{podSelector: {matchLabels: {${key}: x}}}`)],
  ['value of a label', 'value of a label', value => withMetadata(`name: api, labels: {app: ${value}}`)],
  ['value of a label', 'value in a peer', value => withPeer(`{podSelector: {matchLabels: {app: ${value}}}}`)],
  ['selector', 'podSelector', selector => withSpec(`{podSelector: ${selector}}`)],
  ['selector', 'namespaceSelector', selector => withPeer(`{namespaceSelector: ${selector}}`)],
  ['port', 'port', port => withSpec(`{podSelector: {}, ingress: [{ports: [${port}]}]}`)],
  ['peer', 'peer', withPeer],
  ['cidr', 'cidr', cidr => withPeer(`{ipBlock: {cidr: ${cidr}}}`)],
  ['except', 'except', except => withPeer(`{ipBlock: {cidr: 10.0.0.0/8, except: ${except}}}`)],
  [
    'except',
    'except beside host bits',
    except => withPeer(`{ipBlock: {cidr: 10.0.0.5/8, except: ${except}}}`),
  ],
  ['except', 'except beside no cidr', except => withPeer(`{ipBlock: {cidr: ten, except: ${except}}}`)],
  ['policyTypes', 'policyTypes', types => withSpec(`{podSelector: {}, policyTypes: ${types}}`)],
  ['spec', 'spec', withSpec],
]

const shortened = (entry: string): string =>
  entry.length > 90 ? `${entry.slice(0, 80)}… (${entry.length})` : entry

const head = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: api\n'

/** Texts of their own, by what is peculiar about them. */
const TEXTS: Readonly<Record<string, string>> = {
  'in block style': `${head}  labels:\n    app: api\nspec:\n  podSelector:\n    matchLabels:\n      app: web\n  ingress:\n  - from:\n    - podSelector: {}\n    ports:\n    - port: 80\n`,
  'lists indented below their key': `${head}spec:\n  podSelector: {}\n  ingress:\n    - from:\n        - podSelector: {}\n`,
  'with Windows line ends': `${head}spec:\n  podSelector: {}\n`.replaceAll('\n', '\r\n'),
  'with comments': `# what\n${head} # where\nspec: # why\n  podSelector: {} # whom\n`,
  'with an anchor and an alias': `${head}  labels: &l {app: web}\nspec:\n  podSelector:\n    matchLabels: *l\n`,
  'with a merge key': `${head}spec:\n  podSelector:\n    matchLabels:\n      <<: {app: web}\n      tier: x\n`,
  'with folded and literal texts': `${head}  annotations:\n    a: >-\n      folded\n      text\n    b: |\n      a: b\n        c\nspec:\n  podSelector: {}\n`,
  'as JSON':
    '{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"api"},"spec":{"podSelector":{}}}',
  'with a key in quotes': `${head}"spec":\n  'podSelector': {}\n`,
  'with a number as a key': `${head}spec:\n  podSelector:\n    matchLabels: {1: a}\n`,
  'with yes as a key': `${head}spec:\n  podSelector:\n    matchLabels: {on: a}\n`,
  'with a tab as indentation': `${head}spec:\n\tpodSelector: {}\n`,
  'with a tab before a value': `${head}spec:\n  podSelector:\t{}\n`,
  'with a tab on a line alone': `${head}spec:\n  podSelector: {}\n\t\n`,
  'with a tab in a text': `${head}  annotations: {a: "x\ty"}\nspec:\n  podSelector: {}\n`,
  'with a colon in a value': `${head}spec:\n  podSelector: a: b\n`,
  'with no blank behind a colon': `${head}spec:\n  podSelector:{}\n`,
  'with no colon': `${head}spec:\n  podSelector\n  ingress: []\n`,
  'with a quote that is open': `${head}spec:\n  podSelector: {matchLabels: {app: "web}}\n`,
  'with a bracket that is open': `${head}spec:\n  podSelector: {matchLabels: {app: web}\n`,
  'with a bracket too many': `${head}spec:\n  podSelector: {}}\n`,
  'with a line indented too far': `${head}spec:\n  podSelector: {}\n    ingress: []\n`,
  'with a line indented too little': `${head}spec:\n    podSelector: {}\n  ingress: []\n`,
  'with a NUL': `${head}spec:\n  podSelector: {} # \0\n`,
  'with a bell': `${head}  annotations: {a: "\u0007"}\nspec:\n  podSelector: {}\n`,
  'with an alias of nothing': `${head}spec:\n  podSelector: *x\n`,
  'with @ before a value': `${head}spec:\n  podSelector: @x\n`,
  'with an empty key': `${head}spec:\n  podSelector: {}\n  : x\n`,
  'with a list as a key': `${head}spec:\n  podSelector: {}\n  ? [a]\n  : x\n`,
  'with a tag of a string': `${head}spec:\n  podSelector: {matchLabels: {a: !!str 5}}\n`,
  'with an infinite label': `${head}spec:\n  podSelector: {matchLabels: {a: .inf}}\n`,
  'with a status': `${head}spec:\n  podSelector: {}\nstatus: {}\n`,
  'with a field beside the spec': `${head}spec:\n  podSelector: {}\ndata: {}\n`,
  'without metadata': 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  podSelector: {}\n',
  'without spec': head,
}

export const CASES: readonly Case[] = [
  ...PLACES.flatMap(([heading, place, yamlOf]) =>
    (ENTRIES.get(heading) ?? []).map(entry => ({ id: `${place}: ${shortened(entry)}`, yaml: yamlOf(entry) })),
  ),
  ...Object.entries(TEXTS).map(([about, yaml]) => ({ id: `text ${about}`, yaml })),
]

/** Tells whether a verdict is that of the text as it is now. */
export const hashOf = (yaml: string): string => createHash('sha256').update(yaml).digest('hex').slice(0, 12)
