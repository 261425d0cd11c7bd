import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Reachability } from '../../src/report/report.ts'
import { run } from '../cli/run.ts'

/*
 * Family I: the first line names the cause, with its place, and what is suggested first mends it. That the executable gives
 * these answers too is in test/examples.test.ts.
 */

const FILES = 'examples/symptoms/'

const ask = (name: string, question: string, flags = '', fix = '') => {
  const files = readdirSync(FILES + name).map(file => `${FILES}${name}/${file}`)
  const texts = Object.fromEntries(files.map(file => [file, readFileSync(file, 'utf8')]))
  return run({ ...texts, 'fix.yaml': fix }, `can-reach ${question} -f ${FILES}${name} ${flags}`)
}

/** The words that tell: who, the label, the port or the namespace, and where it stands. */
type Refused = readonly [folder: string, question: string, words: readonly string[]]

const refused: readonly Refused[] = [
  [
    'everything-gone',
    'booking/deploy/desk calendar:8080',
    [
      'looking up `calendar` needs UDP to kube-system/kube-dns',
      `deny-all (${FILES}everything-gone/deny-all.yaml:1) isolates it for egress`,
      'isolates it for ingress and has no ingress rule',
    ],
  ],
  [
    'names-gone',
    'post/mailer relay:2525',
    [
      'looking up `relay` needs UDP to kube-system/kube-dns',
      `no egress rule of mailer-egress (${FILES}names-gone/mailer-egress.yaml:2) opens it`,
      'by its address it would be reachable',
    ],
  ],
  [
    'from-nobody',
    'depot/scanner depot/stock:7070',
    [
      `stock-from-scanner ingress[0] (${FILES}from-nobody/stock-policy.yaml:12) does not open it`,
      'role=scaner is wanted, and depot/scanner has role=scanner',
      'no Pod of the input matches this entry',
    ],
  ],
  [
    'across-namespaces',
    'newsroom/editor archive/photos:8443',
    [
      `photos-from-editor ingress[0] (${FILES}across-namespaces/photos-policy.yaml:12)`,
      "a podSelector alone means Pods of the policy's own namespace archive, and newsroom/editor is in newsroom",
    ],
  ],
  [
    'namespace-label',
    'physics/probe results/collector:4317',
    [
      `collector-from-science ingress[0] (${FILES}namespace-label/collector-policy.yaml:12)`,
      'faculty=science is wanted, and namespace physics has no label faculty; no Pod of the input matches this entry',
    ],
  ],
  [
    'service-port',
    'station/kiosk timetable:80',
    [
      `timetable-from-kiosk ingress[0] (${FILES}service-port/timetable-policy.yaml:12)`,
      'it is about TCP 80, the port of the Service, and policies see that of the Pod behind it: TCP 8080',
    ],
  ],
  [
    'port-name',
    'theatre/box-office theatre/seats:8000',
    [
      `seats-from-box-office ingress[0] (${FILES}port-name/seats-policy.yaml:12)`,
      'it is about the port named http, and theatre/seats declares api (8000), metrics (9100)',
    ],
  ],
  [
    'service-selector',
    'bakery/counter oven:8088',
    [
      'the selector of Service oven (app=oven,tier=backend) matches no Pod of namespace bakery',
      'which has tier=back, not tier=backend',
    ],
  ],
  [
    'one-side',
    'museum/guide museum/catalogue:9200',
    [
      `catalogue-from-curator ingress[0] (${FILES}one-side/policies.yaml:28) does not open it`,
      'app=curator is wanted, and museum/guide has app=guide',
      `its egress is open: guide-to-catalogue egress[0] (${FILES}one-side/policies.yaml:12) opens it`,
    ],
  ],
]

/** An unwanted yes; what is beside the line says how to close it, or with what. */
type Open = readonly [...Refused, help: string]

const openAnyway: readonly Open[] = [
  [
    'not-enforced',
    'safe/visitor safe/vault:8200 --cni flannel',
    [
      `vault-closed (${FILES}not-enforced/vault.yaml:26) would isolate safe/vault for ingress, but is not enforced`,
    ],
    'note: with --cni flannel NetworkPolicies are not enforced',
  ],
  [
    'selects-nobody',
    'bank/intern bank/deploy/ledger:9000',
    [
      `ledger-from-teller (${FILES}selects-nobody/ledger-policy.yaml:2) does not`,
      'app=leger is wanted, and bank/ledger has app=ledger; it selects no Pod of the input',
    ],
    `help: to close it: write app: ledger (ledger-from-teller, ${FILES}selects-nobody/ledger-policy.yaml:9)`,
  ],
  [
    'either-for-both',
    'staff/kitchen grades/book:5000',
    [
      `book-from-teachers ingress[0] (${FILES}either-for-both/book-policy.yaml:12) opens it`,
      'two entries mean either, and staff/kitchen is meant by the one for all Pods of namespaces zone=staff alone',
    ],
    'help: to close it: write both selectors as one entry, with one dash, if both are meant',
  ],
  [
    'wrong-namespace',
    'harbour/tourist harbour/crane:8081',
    [
      `crane-closed (${FILES}wrong-namespace/crane-policy.yaml:2) does not`,
      'it names no namespace, and so is in default, where it selects no Pod',
      'harbour/crane is in harbour',
    ],
    'help: to close it: write namespace: harbour',
  ],
]

describe('an unwanted no', () => {
  it.each(refused)('%s: %s', async (name, question, words) => {
    const { exit, out } = await ask(name, question)
    const [line = '', ...more] = out.trimEnd().split('\n')
    expect([exit, more]).toEqual([1, []])
    expect(line).toMatch(/^no: /)
    expect(words.filter(one => !line.includes(one))).toEqual([])
  })

  it.each(refused)('%s: what is suggested first, applied, gives a yes', async (name, question) => {
    const { suggestions }: Reachability = JSON.parse((await ask(name, question, '-o json')).out)
    expect(suggestions).not.toEqual([])
    const after = await ask(name, question, '--apply fix.yaml', suggestions[0]?.manifest)
    expect(after.out).toMatch(/^yes: /)
    expect(after.exit).toBe(0)
  })
})

describe('an unwanted yes', () => {
  it.each(openAnyway)('%s: %s', async (name, question, words, help) => {
    const { exit, out, err } = await ask(name, question)
    expect(exit).toBe(0)
    expect(out).toMatch(/^yes: /)
    expect(words.filter(one => !out.includes(one))).toEqual([])
    expect(err).toContain(help)
  })
})
