import { assumptionsOfInput } from '../../explain/assumptions/input.ts'
import { assumptionsOfAllUnmodeled } from '../../explain/assumptions/unmodeled.ts'
import { type Labels, UNKNOWABLE } from '../../model/labels.ts'
import { enforces } from '../../policy/profile.ts'
import type { Assumption, AssumptionReason } from '../../report/assumption.ts'
import type { Description, LabelsReport, ResourceKind, Sentence } from '../../report/inventory.ts'
import { distinct } from '../../report/reason.ts'
import { type Addresses, toCidrs } from '../../sets/addresses.ts'
import { told } from '../../words/reason.ts'
import { notEnforced } from '../../words/rules.ts'
import type { World } from '../../world/world.ts'

/*
 * The parts that listings and descriptions are made of.
 */

export type Facts = Description['facts']

/** A line of a description; values that are null are left out. */
export const fact = (name: string, ...values: readonly (string | null)[]): Facts[number] => ({
  name,
  values: values.filter(value => value !== null),
})

export const named = ({ name, namespace }: { readonly name: string; readonly namespace: string }): Facts => [
  fact('Name', name),
  fact('Namespace', namespace),
]

export const labelLines = (labels: LabelsReport): readonly string[] =>
  Object.entries(labels).map(([key, value]) => `${key}=${value ?? '<known to a running cluster only>'}`)

export const sentence = (text: string): Sentence => ({ text, parts: [] })

export function description(
  of: ResourceKind,
  id: string,
  content: { readonly facts: Facts; readonly meaning: readonly Sentence[] },
  assumptions: readonly AssumptionReason[] = [],
): Description {
  return { kind: 'Description', of, id, ...content, assumptions: assumptions.map(told) }
}

/** The assumptions of a list or a description: that the input is complete, and that nothing else decides. */
export function assumptionsOfWorld(world: World): readonly AssumptionReason[] {
  return [...assumptionsOfInput(world), ...assumptionsOfAllUnmodeled(world)]
}

/** Why policies have no effect, where the network plugin does not enforce them; undefined where it does. */
export const whyNotEnforced = ({ profile }: World): string | undefined =>
  profile === undefined || enforces(profile) ? undefined : notEnforced(profile.name)

/** The report with the edits of the input among its assumptions. */
export function tellingWhatIf<R extends { readonly assumptions: readonly Assumption[] }>(
  { input }: World,
  report: R,
): R {
  return { ...report, assumptions: distinct([...input.whatIf.map(told), ...report.assumptions]) }
}

/** So many objects are named in a sentence. */
export const FEW = 5

export const labelsOf = (labels: Labels): LabelsReport =>
  Object.fromEntries([...labels].map(([key, value]) => [key, value === UNKNOWABLE ? null : value]))

export const addressTexts = (addresses: Addresses): readonly string[] =>
  toCidrs(addresses).map(cidr => cidr.replace(/\/(32|128)$/, ''))
