import { choice, fieldAt, fields, integer, items, text } from '../decode/decode.ts'
import { type Field, isPresent, unlessEmpty } from '../decode/field.ts'
import { decodeMetadata } from '../decode/metadata.ts'
import { SUBDOMAIN_NAME } from '../decode/validation.ts'
import type { OpenshiftRoute } from '../routes.ts'

/** route.openshift.io/v1, as the router reads it. Of its spec nothing is complained about: many are parts of Templates. */
export function decodeOpenshiftRoute(given: Field): OpenshiftRoute | undefined {
  const metadata = decodeMetadata(given, SUBDOMAIN_NAME)
  if (metadata === undefined) return undefined
  const object = { ...given, object: { ...given.object, complain: () => undefined } }
  const { namespace, name, annotations, at } = metadata
  const get = fields(fieldAt(object, 'spec'))
  const admitted = items(fieldAt(object, 'status', 'ingress')).map(ingress => text(fields(ingress)('host')))
  const hosts = [text(unlessEmpty(get('host'))), ...admitted].filter(host => host !== undefined)
  const backends = [get('to'), ...items(get('alternateBackends'))].flatMap(backend => {
    const service = text(unlessEmpty(fields(backend)('name')))
    return service === undefined ? [] : [{ service, weight: integer(fields(backend)('weight')) ?? 100 }]
  })
  const { value: port } = fieldAt(get('port'), 'targetPort')
  return {
    kind: 'Route',
    namespace,
    name,
    hosts: [...new Set(hosts)],
    isWildcard: text(get('wildcardPolicy')) === 'Subdomain',
    path: text(unlessEmpty(get('path'))),
    targetPort: typeof port === 'string' || typeof port === 'number' ? port : undefined,
    backends,
    tls: isPresent(get('tls')) ? decodeTls(get('tls')) : undefined,
    annotations,
    at,
  }
}

function decodeTls(field: Field): NonNullable<OpenshiftRoute['tls']> {
  const get = fields(field)
  return {
    termination: choice(
      unlessEmpty(get('termination')),
      ['edge', 'passthrough', 'reencrypt'] as const,
      'edge',
    ),
    insecure: choice(
      unlessEmpty(get('insecureEdgeTerminationPolicy')),
      ['None', 'Allow', 'Redirect'] as const,
      'None',
    ),
  }
}
