/*
 * What netpol is made of, for its own command line: a world out of files, questions to it, and their answers as text.
 */

export { portQuestion } from './naming/port.ts'
export { settingsOf } from './path/settings.ts'
export { findCodes } from './questions/codes.ts'
export { describe } from './questions/inventory/description.ts'
export { listing, nothingFound } from './questions/inventory/listing.ts'
export { matrix } from './questions/matrix/matrix.ts'
export { overview } from './questions/matrix/overview.ts'
export { layOut } from './questions/matrix/rows-and-columns.ts'
export { selectionOf } from './questions/matrix/selection.ts'
export { isPluginQuestion, networkPlugins } from './questions/plugins.ts'
export { reach, reachWithAdvice } from './questions/reachability.ts'
export { reachTree } from './questions/tree/from-one.ts'
export { whoCanReach } from './questions/who-can-reach/who-can-reach.ts'
export { completionScript } from './render/completion.ts'
export { codeList, codeText } from './render/text/codes.ts'
export { description as descriptionText } from './render/text/description.ts'
export { trace } from './render/text/explanation.ts'
export { help, line } from './render/text/reachability.ts'
export { treeText } from './render/text/tree.ts'
export { CannotAnswer } from './source/cannot-answer.ts'
export { buildWorld, type World } from './world/world.ts'

/** For those who draw tables. */
export const tables = () => import('./render/text/tables.ts')

/** The pages of the codes, which are long. */
export const families = async () => (await import('./report/codes.ts')).FAMILIES
