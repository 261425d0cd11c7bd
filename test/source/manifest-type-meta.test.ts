import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { position } from '../../src/source/position.ts'
import { readManifests } from '../../src/source/read/read-manifests.ts'

/** How many documents are passed over, each error with its place, and the last one's help. */
function saysOf(text: string, isNamed = false) {
  const said: Diagnostic[] = []
  let passedOver = 0
  const passOver = (): void => void passedOver++
  readManifests(
    { path: 'x.yaml', text, isNamed },
    { keep: () => undefined, passOver, complain: one => void said.push(one) },
  )
  const errors = said.map(({ at, message }) => {
    const place = at === undefined ? undefined : 'position' in at ? at.position : position(at)
    return `${place?.line}:${place?.column} ${message}`
  })
  return { passedOver, errors, help: said.at(-1)?.help }
}

const POD = 'apiVersion: v1\nkind: Pod\n'
const BODY = 'metadata: {name: p}\nspec: {podSelector: {}}\n'
const NEITHER = ['1:1 apiVersion not set', '1:1 kind not set']
const WORDS = 'write `kind: NetworkPolicy`, or what else it is'
const CUT =
  'kubectl writes `kind: List` after the items: run it again, because the end is missing, or add that line'
const A_LIST = 'a List needs `apiVersion: v1`, `kind: List` and its objects below `items:`'

describe('what a manifest cannot be without', () => {
  it.each<[string, string, readonly string[], string]>([
    ['neither, over the body of an object', BODY, NEITHER, WORDS],
    ['neither, over the spec of a policy', 'spec: {policyTypes: [Ingress]}\n', NEITHER, WORDS],
    [
      'neither, in JSON',
      '{"metadata": {}, "data": {}}',
      ['1:2 apiVersion not set', '1:2 kind not set'],
      WORDS,
    ],
    [
      'both in other capitals',
      `ApiVersion: networking.k8s.io/v1\nKind: NetworkPolicy\n${BODY}`,
      ['1:1 apiVersion not set', '2:1 kind not set'],
      'did you mean `kind`? capitals count',
    ],
    [
      'one in other capitals',
      `apiVersion: v1\nKind: Pod\n`,
      ['2:1 kind not set'],
      'did you mean `kind`? capitals count',
    ],
    [
      'a List without its head',
      `- apiVersion: v1\n  kind: Pod\n`,
      ['1:1 an object is expected here, not a list: apiVersion not set, kind not set'],
      A_LIST,
    ],
    ['a cut List', `apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n`, ['1:1 kind not set'], CUT],
    ['a List that is cut before its first item', `apiVersion: v1\nitems:\n`, ['1:1 kind not set'], CUT],
    ['a cut List in JSON lines', `{"apiVersion": "v1", "items": []}\n`, ['1:2 kind not set'], CUT],
    ['a document that ends after its apiVersion', `${POD}---\napiVersion: v1\n`, ['4:1 kind not set'], WORDS],
    ['a file that does', `apiVersion: v1\n`, ['1:1 kind not set'], WORDS],
    [
      'a document that ends after its kind',
      `${POD}---\nkind: NetworkPolicy\n`,
      ['4:1 apiVersion not set'],
      'write `apiVersion: v1`, or the group and version of the kind',
    ],
    [
      'a document that ends after its name',
      `${POD}---\nkind: NetworkPolicy\nmetadata:\n  name: a\n`,
      ['4:1 apiVersion not set'],
      'write `apiVersion: v1`, or the group and version of the kind',
    ],
    [
      'a document that ends within its first word',
      `${POD}---\napiVer`,
      ['4:1 an object is expected here, not a string: apiVersion not set, kind not set'],
      'every object has an `apiVersion` and a `kind`',
    ],
    [
      'items that are no objects',
      `apiVersion: v1\nkind: List\nitems:\n- null\n- foo\n`,
      [
        '4:3 an object is expected here, not nothing: apiVersion not set, kind not set',
        '5:3 an object is expected here, not a string: apiVersion not set, kind not set',
      ],
      'every object has an `apiVersion` and a `kind`',
    ],
    [
      'an item of a List that is somebody else’s',
      `apiVersion: v1\nkind: List\nitems: [{a: 1}]\n`,
      ['3:9 apiVersion not set', '3:9 kind not set'],
      WORDS,
    ],
    [
      'two colons forgotten',
      `apiVersion networking.k8s.io/v1\nkind NetworkPolicy\n${BODY}`,
      ['1:1 key without a value'],
      'add `:` after the key, or indent the line if it continues the one above',
    ],
    [
      'other capitals in a broken text',
      `Kind: NetworkPolicy\nspec: [\n`,
      ['2:7 this bracket is not closed'],
      'add the closing `]`',
    ],
  ])('S-143 what is meant for an object is none without version and kind: %s', (_, text, errors, help) => {
    expect(saysOf(text)).toEqual({ passedOver: 0, errors, help })
  })

  it.each([
    ['values', 'replicas: 2\npodSelector: {}\nspec: a\nmetadata: {}\n'],
    ['a chart', 'apiVersion: v2\nname: x\nversion: 0.1.0\ntype: application\n'],
    ['values of a chart that have a kind', 'kind: CronJob\nschedule: "* * * * *"\n'],
    ['the index of a chart repository', 'apiVersion: v1\nentries: {}\ngenerated: "2026-01-01"\n'],
    ['the configuration of an installer', 'apiVersion: v1\nmetadata: {name: okd}\nnetworking: {}\n'],
    ['a Score file', 'apiVersion: score.dev/v1b1\nmetadata: {name: a}\ncontainers: {main: {}}\n'],
    ['a list of things with a kind', '[{"kind": "Kubernetes", "clusterName": "one"}]'],
    ['docker-compose', 'services: {web: {image: x}}\nnetworks: {}\n'],
    ['a workflow', 'on: push\njobs: {a: {steps: [{run: x}]}}\n'],
    ['a list of patches', '- {op: remove, path: /spec}\n'],
    ['what is broken', 'foo: [\n'],
  ])('%s of a folder is passed over, and is an error when its file is named', (_, text) => {
    expect(saysOf(text)).toMatchObject({ passedOver: 1, errors: [] })
    const { passedOver, errors } = saysOf(text, true)
    expect({ passedOver, hasErrors: errors.length > 0 }).toEqual({ passedOver: 0, hasErrors: true })
  })

  it('several documents of another tool are passed over too', () => {
    const drone = 'kind: pipeline\ntype: docker\nname: test\n---\nkind: secret\nname: token\n'
    expect(saysOf(drone)).toMatchObject({ passedOver: 2, errors: [] })
  })

  it('an empty document of a named file is none (S-143)', () => {
    expect(saysOf(`# nothing\n---\n${POD}`, true)).toMatchObject({ passedOver: 0, errors: [] })
  })
})
