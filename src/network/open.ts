import type { Open } from '../report/common.ts'
import { byProtocol, type Connections, isAll } from '../sets/connections.ts'

/** A set of connections as a report shows it. */
export const openOf = (set: Connections): Open => (isAll(set) ? 'all' : byProtocol(set))
