import type { EndpointRef, Open } from '../report/common.ts'
import { openText } from '../report/open.ts'
import { firstFew } from './names.ts'

/** So many of the blocks of an endpoint outside are named. */
const BLOCKS = 3

/** `app/frontend -> app/database TCP 5432`. */
export const connectionText = (connection: {
  readonly from: EndpointRef
  readonly to: EndpointRef
  readonly open: Open
}): string => `${endText(connection.from)} -> ${endText(connection.to)} ${openText(connection.open)}`

const endText = ({ id, cidrs }: EndpointRef): string =>
  cidrs === undefined || id === 'internet' ? id : firstFew(cidrs, BLOCKS)

/** `Service shop/web gets shop/batch as an endpoint`. */
export const serviceChangeText = (change: {
  readonly service: string
  readonly change: 'gets' | 'loses'
  readonly endpoint: string
}): string => `Service ${change.service} ${change.change} ${change.endpoint} as an endpoint`
