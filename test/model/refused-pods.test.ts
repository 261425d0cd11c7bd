import { describe, expect, it } from 'vitest'
import { type Json, pod, refusals } from '../semantics/ask.ts'

describe('S-151, S-152 and S-156 what makes Pods', () => {
  const template = (labels: Json, spec: Json = {}): Json => ({
    metadata: { labels },
    spec: { containers: [], ...spec },
  })
  const made = (kind: string, apiVersion: string, spec: Json): Json => ({
    apiVersion,
    kind,
    metadata: { name: 'api', namespace: 'shop' },
    spec,
  })
  const deployment = (spec: Json) => made('Deployment', 'apps/v1', spec)
  const ports = (...list: readonly Json[]) => pod('shop/web', {}, { ports: list })

  it.each<[string, Json, readonly (string | RegExp)[]]>([
    [
      'a label of the template, by the path of the API server',
      deployment({ selector: { matchLabels: { app: 'a' } }, template: template({ app: 'a', tier: 'b c' }) }),
      [/^spec\.template\.labels: Invalid value: "b c"/],
    ],
    ['no selector', deployment({ template: template({ app: 'a' }) }), ['spec.selector: Required value']],
    [
      'a selector of everything',
      deployment({ selector: {}, template: template({ app: 'a' }) }),
      ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
    ],
    [
      'a selector of other Pods',
      deployment({ selector: { matchLabels: { app: 'b' } }, template: template({ app: 'a' }) }),
      [
        'spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'a ReplicationController for other Pods',
      made('ReplicationController', 'v1', { selector: { app: 'b' }, template: template({ app: 'a' }) }),
      [
        'spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'a ReplicationController that selects by its template',
      made('ReplicationController', 'v1', { template: template({ app: 'a' }) }),
      [],
    ],
    [
      'a host name',
      deployment({
        selector: { matchLabels: { app: 'a' } },
        template: template({ app: 'a' }, { hostname: 'a.b' }),
      }),
      ['spec.template.spec.hostname: Invalid value: "a.b": must not contain dots'],
    ],
    [
      'a host name in a StatefulSet, which sets its own',
      made('StatefulSet', 'apps/v1', {
        selector: { matchLabels: { app: 'a' } },
        template: template({ app: 'a' }, { hostname: 'a.b' }),
      }),
      [],
    ],
    [
      'a port of a container',
      ports({ containerPort: 0 }, { containerPort: 70000 }, { containerPort: 80, protocol: 'tcp' }),
      [
        'spec.containers[0].ports[0].containerPort: Required value',
        'spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
        'spec.containers[0].ports[2].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
      ],
    ],
    [
      'two ports of one name',
      ports({ name: 'http', containerPort: 80 }, { name: 'http', containerPort: 81 }),
      ['spec.containers[0].ports[1].name: Duplicate value: "http"'],
    ],
    [
      'another port on the node, without a network of its own',
      pod(
        'shop/web',
        {},
        { spec: { hostNetwork: true, containers: [{ ports: [{ containerPort: 80, hostPort: 81 }] }] } },
      ),
      [
        'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
      ],
    ],
    [
      'a job in a CronJob',
      made('CronJob', 'batch/v1', { jobTemplate: { spec: { parallelsm: 1, template: template({}) } } }),
      ['unknown field "spec.jobTemplate.spec.parallelsm"'],
    ],
  ])('%s', (_, object, expected) => {
    const messages = refusals(object)
    expect(messages).toHaveLength(expected.length)
    for (const [index, message] of expected.entries())
      if (typeof message === 'string') expect(messages[index]).toBe(message)
      else expect(messages[index]).toMatch(message)
  })
})
