import { describe, expect, it } from 'vitest'
import { CODE_FAMILIES } from '../../src/report/codes.ts'
import { errorsBySchema } from '../report/errors-by-schema.ts'
import { run } from './run.ts'

/** It reads no manifests: a folder with nothing in it will do. */
const ask = (line: string, terminal?: number) =>
  run({}, `codes ${line}`, { env: { NO_COLOR: '1' }, ...(terminal !== undefined && { terminal }) })

const all = CODE_FAMILIES.flatMap(({ pages }) => Object.keys(pages))
const listed = (out: string): readonly string[] =>
  [...out.matchAll(/^ {2}([A-Z][A-Z0-9_]+)(?= |$)/gm)].map(([, code = '']) => code)

describe('netpol codes', () => {
  it.each([36, 80, 120, 200])('lists every code once, in families, in %s columns', async width => {
    const { exit, out, err } = await ask('', width)
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(listed(out)).toEqual(all)
    for (const { title } of CODE_FAMILIES) expect(out).toContain(title)
    for (const line of out.split('\n'))
      if (!all.includes(line.trim())) expect(line.length).toBeLessThanOrEqual(width)
  })

  it('has one line for each with -o wide', async () => {
    const lines = (await ask('-o wide --no-headers')).out.trimEnd().split('\n')
    expect(lines.length).toBe(all.length)
    expect(lines[0]).toMatch(
      /^ {2}ALLOWED_NO_POLICY_SELECTS_SOURCE +No policy isolates the source for egress/,
    )
  })

  it.each(['NEAR_MISS_', 'near_miss_', 'near-miss-', 'Near_Miss'])(
    'lists those that begin with %s',
    async typed => {
      const { exit, out } = await ask(typed)
      expect(exit).toBe(0)
      expect(listed(out)).toEqual(all.filter(code => code.startsWith('NEAR_MISS_')))
    },
  )

  it('says what was probably meant', async () => {
    expect(await ask('NEAR_MIS_LABEL')).toEqual({
      exit: 2,
      out: '',
      err: `error[UNKNOWN_CODE]: \`NEAR_MIS_LABEL\` is no code
  = help: did you mean \`NEAR_MISS_LABEL\`? \`netpol codes\` lists them all
`,
    })
    expect((await ask('\u001b[31m')).err).toBe(`error[UNKNOWN_CODE]: \`\\u{1b}[31m\` is no code
  = help: \`netpol codes\` lists them all
`)
  })

  it('prints nothing with -q, and still tells by its exit code', async () => {
    expect(await ask('-q DNS_BLOCKED')).toEqual({ exit: 0, out: '', err: '' })
    expect((await ask('-q NOPE')).exit).toBe(2)
  })

  it('has no options that say which manifests to read', async () => {
    const { exit, err } = await ask('-f shop.yaml')
    expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining("unknown option '-f'") })
    expect((await ask('--help')).out).not.toMatch(/--(filename|namespace|strict|skip-invalid)/)
  })
})

describe('a page', () => {
  it.each(['SERVICE_PORT_IS_NOT_POD_PORT', 'service_port_is_not_pod_port', 'service-port-is'])(
    'is found by %s',
    async typed => expect((await ask(typed)).out).toMatch(/^SERVICE_PORT_IS_NOT_POD_PORT\n/),
  )

  it('is the code, the meaning, the rule, an example with its answer, what to do, and what is related', async () => {
    expect((await ask('SERVICE_PORT_UNKNOWN', 80)).out).toBe(`SERVICE_PORT_UNKNOWN
  The Service does not have this port, so nothing forwards it.

  A client dials a \`port\` of the Service; the \`targetPort\` is that of the Pods,
  and cannot be dialed unless it is the same or the Service is headless.

Example: manifests.yaml
  apiVersion: v1
  kind: Pod
  metadata: {name: web, labels: {app: web}}
  spec:
    containers: [{name: web, image: web}]
  ---
  apiVersion: v1
  kind: Pod
  metadata: {name: db, labels: {app: db}}
  spec:
    containers: [{name: db, image: db}]
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: db}
  spec:
    selector: {app: db}
    ports: [{port: 5432}]

  $ netpol can-reach web svc/db --port 5433
  note: the input holds no NetworkPolicy; \`kubectl get networkpolicy -A -o yaml\`
    prints those of a cluster
  no: default/web -> default/db TCP 5433: Service db has no port TCP 5433; it
    has TCP 5432

What to do
  Ask for one of the ports that the Service lists (\`netpol get svc\`), or add the
  port to the Service.

See also
  SERVICE_PORT_IS_NOT_POD_PORT, SERVICE_HAS_NO_ENDPOINTS
`)
  })

  it('is not begun by a code that is a page of its own', async () => {
    expect((await ask('NO_ROUTE')).out).toMatch(/^NO_ROUTE\n/)
    expect(all).toContain('NO_ROUTES')
  })
})

describe('as data', () => {
  it.each(['', 'DNS_BLOCKED', 'undetermined_'])('codes %s -o json holds to the schema', async typed => {
    const report = JSON.parse((await ask(`${typed} -o json`)).out)
    expect(errorsBySchema(report)).toBeNull()
    const wanted = all.filter(code => code.startsWith(typed.toUpperCase()))
    expect(report.codes.map(({ code }: { readonly code: string }) => code)).toEqual(wanted)
  })

  it('an example has what it prints, and the exit code', async () => {
    const { codes } = JSON.parse((await ask('DENIED_BY_EGRESS -o json')).out)
    expect(codes[0]).toMatchObject({
      code: 'DENIED_BY_EGRESS',
      example: {
        manifests: expect.stringContaining('kind: NetworkPolicy'),
        command: 'netpol can-reach web pod/db --port 5432',
        output: expect.stringMatching(/^no: default\/web -> default\/db TCP 5432: /),
        exit: 1,
      },
    })
  })

  it('YAML says the same', async () => {
    expect((await ask('DNS_BLOCKED -o yaml')).out).toMatch(/^kind: Codes\ncodes:\n {2}- code: DNS_BLOCKED\n/)
  })
})
