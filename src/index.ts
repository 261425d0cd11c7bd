/*
 * What netpol is made of, for its own command line: a world out of files, questions to it, and their answers as text.
 */

export { reachWithAdvice } from './analysis/advice.ts'
export { CannotAnswer } from './analysis/cannot-answer.ts'
export { findCodes } from './analysis/codes.ts'
export { describe } from './analysis/inventory/description.ts'
export { listing } from './analysis/inventory/listing.ts'
export { nothingFound } from './analysis/inventory/nothing.ts'
export { matrix } from './analysis/matrix.ts'
export { layOut } from './analysis/matrix-layout.ts'
export { overview } from './analysis/overview.ts'
export { isPluginQuestion, networkPlugins } from './analysis/plugins.ts'
export { portQuestion } from './analysis/port-question.ts'
export { reach } from './analysis/reach.ts'
export { reachTree } from './analysis/reach-tree.ts'
export { selectionOf } from './analysis/selection.ts'
export { setupOf } from './analysis/setup.ts'
export { whoCanReach } from './analysis/who-can-reach.ts'
export { buildWorld, type World } from './analysis/world.ts'
export { completionScript } from './render/completion.ts'
export { codeList, codeText } from './render/text/codes.ts'
export { description as descriptionText } from './render/text/description.ts'
export { trace } from './render/text/explanation.ts'
export { help, line } from './render/text/reachability.ts'
export { treeText } from './render/text/tree.ts'

/** For those who draw tables. */
export const tables = () => import('./render/text/tables.ts')

/** The pages of the codes, which are long. */
export const families = async () => (await import('./report/codes.ts')).FAMILIES
