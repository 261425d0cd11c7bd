import type { Path } from '../../source/file.ts'
import { type Mapping, mappingAt } from '../../source/mapping.ts'
import type { InForce } from '../live-objects.ts'

/** Where the labels of an object are written that a policy can see: those of a workload are in its template (S-300). */
export function labelsPath(one: InForce): Path {
  if (!hasTemplate(one)) return OWN
  return one.object.kind === 'CronJob' ? OF_JOB_TEMPLATE : OF_TEMPLATE
}

/** Whether it is a workload of a kind that is known. */
export const hasTemplate = ({ decoded }: InForce): boolean =>
  decoded.as === 'object' && 'template' in decoded.object

const OWN: Path = ['metadata', 'labels']
const OF_TEMPLATE: Path = ['spec', 'template', ...OWN]
const OF_JOB_TEMPLATE: Path = ['spec', 'jobTemplate', ...OF_TEMPLATE]

/** The labels at a path; none where it leads to nothing. */
export const labelsAt = (value: Mapping, path: Path): Mapping => mappingAt(value, ...path.map(String))
