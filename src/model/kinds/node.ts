import { decodeAddress } from '../decode/address-fields.ts'
import { fieldAt, fields, items, text, textMap } from '../decode/decode.ts'
import type { Field } from '../decode/field.ts'
import { decodeClusterMetadata } from '../decode/metadata.ts'
import { SUBDOMAIN_NAME } from '../decode/validation.ts'
import type { Node } from '../objects.ts'
import { decodeTaints } from '../scheduling.ts'

export function decodeNode(object: Field): Node | undefined {
  const metadata = decodeClusterMetadata(object, SUBDOMAIN_NAME)
  const addresses = items(fieldAt(object, 'status', 'addresses')).flatMap(item => {
    const get = fields(item)
    const type = text(get('type'))
    const address = type === 'InternalIP' || type === 'ExternalIP' ? decodeAddress(get('address')) : undefined
    return address === undefined ? [] : [address]
  })
  return (
    metadata && {
      kind: 'Node',
      name: metadata.name,
      addresses,
      labels: textMap(fieldAt(object, 'metadata', 'labels')),
      taints: decodeTaints(fieldAt(object, 'spec', 'taints')),
      at: metadata.at,
    }
  )
}
