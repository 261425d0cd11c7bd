/*
 * The library: a world out of manifests, questions to it, and their answers as text or data. It knows nothing of files,
 * terminals and processes; the command line uses nothing but it.
 */

// The world.

export {
  documents,
  hasNoPolicies,
  type InputDocument,
  isEmpty,
  isForeign,
  isKustomization,
  leftOut,
  missingObjects,
  notApplied,
  notRendered,
  placedObjects,
  unrenderedChart,
} from './library/documents.ts'
export { type Edit, type EditOptions, edit, type LoadOptions, load, type World } from './library/world.ts'
export { decodeFile } from './source/decode-file.ts'
export type { FieldPath, Location, Position, SourceFile } from './source/file.ts'
export { namedInKustomization } from './world/kustomizations.ts'

// Questions.

export {
  codes,
  describe,
  explain,
  type GetQuestion,
  type Grouping,
  get,
  isPluginQuestion,
  type MatrixQuestion,
  matrix,
  networkPlugins,
  type ObjectQuestion,
  type PluginQuestion,
  type PortOptions,
  type ProgramOption,
  type ReachQuestion,
  reach,
  verdict,
  type WhoCanReachQuestion,
  whoCanReach,
  whyNothing,
} from './library/questions.ts'
export type { ClusterOptions } from './path/question.ts'

// Answers: data, and lines of text.

export { rowsOf } from './library/rows.ts'
export {
  isUnsure,
  type RemarkOptions,
  remarks,
  type ShowOptions,
  show,
  showDiagnostics,
} from './library/show.ts'
export { formatsFor, isData, type OutputKind } from './render/format.ts'
export type { Layout } from './render/paper.ts'
export type * from './report/assumption.ts'
export type { CodeReport, Codes, Entry, Example, ExampleReport, Page } from './report/codes/page.ts'
export type { ProblemCode, ReasonCode } from './report/codes.ts'
export type * from './report/common.ts'
export type * from './report/inventory.ts'
export type * from './report/plugins.ts'
export type { Facts, Reason, WithMessage } from './report/reason.ts'
export type * from './report/report.ts'
export type * from './report/suggestion.ts'
export type { CodeList, MatrixAnswer, Output, WhoCanReachAnswer } from './report/views.ts'

// What is wrong.

export { CannotAnswer, cannotAnswer } from './source/cannot-answer.ts'
export type { Diagnostic, DiagnosticCode } from './source/diagnostic.ts'
export { printable } from './source/printable.ts'
export { type LeftOut, problems } from './world/problems.ts'

// What is being typed, and how it can go on.

export { labelsOf, spellings } from './library/questions.ts'
export type { Spelling, Typing, Wanted } from './naming/spellings.ts'
export { findKind, KINDS } from './questions/inventory/kind-and-name.ts'
export { pluginNames, whatAliasMeans } from './questions/plugins.ts'
