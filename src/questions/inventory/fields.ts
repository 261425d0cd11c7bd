import { assumptionsOfCreatedPods, assumptionsOfTemplates } from '../../explain/assumptions/created.ts'
import { assumptionsOfAllObjects } from '../../explain/assumptions/endpoints.ts'
import { assumptionsOfInput } from '../../explain/assumptions/input.ts'
import { type Labels, UNKNOWABLE } from '../../model/labels.ts'
import type { Pod } from '../../model/objects.ts'
import { enforces } from '../../policy/profile.ts'
import type { Assumption, AssumptionReason } from '../../report/assumption.ts'
import type { Meaning } from '../../report/facts/inventory.ts'
import type { DescribedField, Description, LabelsReport, PodItem } from '../../report/inventory.ts'
import { distinct } from '../../report/reason.ts'
import { labelText } from '../../words/inventory.ts'
import { withMessage } from '../../words/reason.ts'
import type { World } from '../../world/world.ts'

/*
 * What listings and descriptions of all kinds have in common.
 */

/** In kubectl's order. */
export const DIRECTIONS = ['ingress', 'egress'] as const

/** What is said of an object; `describe` adds its kind. */
export interface Described extends Pick<Description, 'id' | 'facts'> {
  readonly meaning: readonly Meaning[]
  readonly assumptions?: readonly AssumptionReason[]
}

/** A field of a description; values that are null are left out. */
export const field = (name: string, ...values: readonly (string | null)[]): DescribedField => ({
  name,
  values: values.filter(value => value !== null),
})

export const nameFields = ({
  name,
  namespace,
}: Pick<PodItem, 'name' | 'namespace'>): readonly DescribedField[] => [
  field('Name', name),
  field('Namespace', namespace),
]

export const labelsField = (name: string, labels: LabelsReport): DescribedField =>
  field(name, ...Object.entries(labels).map(([key, value]) => labelText(key, value)))

/** That the input is complete, and that nothing else decides. */
export const assumptionsOfWorld = (world: World): readonly AssumptionReason[] => [
  ...assumptionsOfInput(world),
  ...assumptionsOfAllObjects(world),
]

/** Of Pods: that they are as controllers usually create them, and as their Templates have them. */
export const assumptionsOfPods = (world: World, pods: readonly Pod[]): readonly Assumption[] =>
  [...assumptionsOfCreatedPods(pods), ...assumptionsOfTemplates(world, pods)].map(withMessage)

/** The name of the network plugin if it does not enforce policies (S-070). */
export const unenforcingPlugin = ({ profile }: World): string | undefined =>
  enforces(profile) ? undefined : profile?.name

/** The edits of the input are assumptions, too, and come first. */
export const withEdits = ({ input }: World, assumptions: readonly Assumption[]): readonly Assumption[] =>
  distinct([...input.whatIf.map(withMessage), ...assumptions])

export const reportedLabels = (labels: Labels): LabelsReport =>
  Object.fromEntries([...labels].map(([key, value]) => [key, value === UNKNOWABLE ? null : value]))
