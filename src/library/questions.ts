import { portQuestion } from '../naming/port.ts'
import { type Spelling, spellingsOf, type Typing, type Wanted } from '../naming/spellings.ts'
import { findPaths } from '../path/find-paths.ts'
import { type ClusterOptions, serverAt, settingsOf } from '../path/question.ts'
import { verdictOfAll } from '../path/verdict.ts'
import { findCodes } from '../questions/codes.ts'
import { describeObject } from '../questions/inventory/description.ts'
import { listing, nothingFound } from '../questions/inventory/listing.ts'
import { matrixReport } from '../questions/matrix/matrix.ts'
import { overview } from '../questions/matrix/overview.ts'
import { restrictedMatrix } from '../questions/matrix/restricted-matrix.ts'
import { layOut } from '../questions/matrix/rows-and-columns.ts'
import { asksForPlugins, pluginsReport } from '../questions/plugins.ts'
import { reachWithAdvice, reachWithoutAdvice } from '../questions/reachability.ts'
import type { ReportedRules } from '../questions/side-report.ts'
import { reachTree } from '../questions/tree.ts'
import { sourcesReport } from '../questions/who-can-reach/who-can-reach.ts'
import type { Entry } from '../report/codes/page.ts'
import type { ExpectedVerdict, VerdictWord } from '../report/common.ts'
import type { Description, Listing } from '../report/inventory.ts'
import type { NetworkPlugins } from '../report/plugins.ts'
import type { Matrix, Reachability } from '../report/report.ts'
import { type MatrixAnswer, VIEWS, type WhoCanReachAnswer } from '../report/views.ts'
import { objectCalled } from '../world/edit/find.ts'
import { labelKeys } from '../world/edit/label.ts'
import type { World } from './world.ts'

/** Which port a question is about. */
export interface PortOptions {
  /** A number, a name, or either with a protocol: `8080`, `http`, `53/udp`. */
  readonly port?: string | number | undefined
  /** `tcp`, `udp` or `sctp`; TCP where a port is given without one. */
  readonly protocol?: string | undefined
}

/** The name of the program in messages that suggest a command. */
export interface ProgramOption {
  /** `netpol` unless it is given. */
  readonly program?: string | undefined
}

/** A question about one connection; source and destination are written as on the command line. */
export interface ReachQuestion extends PortOptions, ClusterOptions {
  /** A Pod, a workload, a node, an address, a block or `internet`. */
  readonly from: string
  /** The same, a Service, or a name or URL as the source looks it up; a port may follow: `api:8080`. */
  readonly to: string
  /** The namespace of names that are given without one: `default` unless it is given. */
  readonly namespace?: string | undefined
  /**
   * Whether to look for what makes the answer so (`cause`) and for changes that would make it a yes (`suggestions`), each
   * proven by asking again: several times the work.
   */
  readonly advice?: boolean | undefined
  /** The verdict that is wanted: nothing is suggested that would make a no that is expected a yes. */
  readonly expect?: ExpectedVerdict | undefined
}

/**
 * Whether a new connection succeeds, and what decides; without `cause` and `suggestions` unless `advice` asks for them.
 *
 * @throws {@link CannotAnswer} for an end or a port that is not there, and for a question that has no answer.
 */
export const reach = (world: World, { advice = false, ...question }: ReachQuestion): Reachability =>
  reachReporting(world, question, advice, 'decisive')

/**
 * As `reach`, with every policy and rule of each step and why it did or did not match; with `cause` and `suggestions`
 * unless `advice` is false.
 *
 * @throws {@link CannotAnswer} as `reach` does.
 */
export const explain = (world: World, { advice = true, ...question }: ReachQuestion): Reachability =>
  reachReporting(world, question, advice, 'every rule')

/**
 * Only the verdict of `reach`, without what explains it: much less work.
 *
 * @throws {@link CannotAnswer} as `reach` does.
 */
export const verdict = (world: World, question: ReachQuestion): VerdictWord =>
  verdictOfAll(findPaths(world.inside, pathQuestion(question)).paths)

const reachReporting = (
  world: World,
  { expect, ...question }: Omit<ReachQuestion, 'advice'>,
  advice: boolean,
  rules: ReportedRules,
): Reachability =>
  (advice ? reachWithAdvice : reachWithoutAdvice)(world.inside, pathQuestion(question), rules, expect)

const pathQuestion = ({ from, to, port, protocol, namespace = 'default', ...settings }: ReachQuestion) => ({
  from,
  to,
  port: typed(port),
  protocol,
  namespace,
  settings: settingsOf(settings),
})

const typed = (port: string | number | undefined): string | undefined =>
  port === undefined ? undefined : String(port)

const severalOf = (namespace: string | readonly string[] = []): readonly string[] =>
  typeof namespace === 'string' ? [namespace] : namespace

/** What a matrix groups by. */
export interface Grouping {
  /** A line for each Pod, workload or namespace; `workload` unless it is given. */
  readonly by?: Matrix['by'] | undefined
}

/** A question about all connections, perhaps of some endpoints only. */
export interface MatrixQuestion extends PortOptions, Grouping, ProgramOption {
  /** Only this source. */
  readonly from?: string | undefined
  /** Only this destination. */
  readonly to?: string | undefined
  /**
   * Only connections from or to Pods of this namespace, or of one of these; names that are given without one are of the last
   * too.
   */
  readonly namespace?: string | readonly string[] | undefined
  /** Only connections from or to Pods with these labels, as in `app=web,tier!=db`. */
  readonly selector?: string | undefined
}

/**
 * What is open from each source to each destination.
 *
 * @throws {@link CannotAnswer} for a namespace, an endpoint, a port or a selector that is invalid.
 */
export function matrix(world: World, question: MatrixQuestion = {}): MatrixAnswer {
  const { by = 'workload', port, protocol, from, to, namespace, selector, program } = question
  const asked = portQuestion(undefined, typed(port), protocol)
  const narrowing = { from, to, namespaces: severalOf(namespace), selector, program }
  const wanted = { by, asked, ...restrictedMatrix(world.inside, narrowing) }
  const layout = layOut(world.inside, wanted)
  const [source, ...others] = layout.sources
  const isOne = source !== undefined && others.length === 0 && from !== undefined && to === undefined
  const report = matrixReport(world.inside, wanted, layout)
  return {
    ...report,
    [VIEWS]: {
      overview: () => overview(world.inside, wanted, layout, report.routed),
      tree: isOne ? () => reachTree(world.inside, wanted, layout, source) : undefined,
    },
  }
}

/** A question about all sources that can reach one destination. */
export interface WhoCanReachQuestion
  extends PortOptions,
    Grouping,
    ProgramOption,
    Pick<ClusterOptions, 'ingressController' | 'apiServer'> {
  /** A Pod, a workload, a Service, a node, an address, a block, `internet` or `api-server`; a port may follow. */
  readonly to: string
  /** The namespace of a name that is given without one: `default` unless it is given. */
  readonly namespace?: string | undefined
  /** Of the sources only Pods with these labels. */
  readonly selector?: string | undefined
}

/**
 * All sources that can reach a destination, and why the others cannot.
 *
 * @throws {@link CannotAnswer} for a destination that is not there, or that is another one for each source, such as a name.
 */
export function whoCanReach(world: World, question: WhoCanReachQuestion): WhoCanReachAnswer {
  const { to, by = 'workload', port, protocol, namespace = 'default', selector, program } = question
  const { ingressController, apiServer } = question
  const asked = { to, port: typed(port), protocol, namespace, selector, by, program, ingressController }
  const { inside } = world
  return sourcesReport(
    apiServer === undefined ? inside : { ...inside, apiServer: serverAt(apiServer) },
    asked,
  )
}

/** Which objects: a kind and perhaps a name, as after `netpol get`. */
export interface ObjectQuestion {
  /** `pods`, `services`, `namespaces`, `networkpolicies` or `ingresses`, a short name, or KIND/NAME. */
  readonly kind: string
  /** NAME or NAMESPACE/NAME. */
  readonly name?: string | undefined
  readonly namespace?: string | undefined
}

/** A question about what was loaded. */
export interface GetQuestion extends Omit<ObjectQuestion, 'namespace'> {
  /** Only this namespace, or these; all of them unless it is given. */
  readonly namespace?: string | readonly string[] | undefined
  /** Only Pods or namespaces with these labels. */
  readonly selector?: string | undefined
  /** Only the Pods that a policy selects, as in `netpol/api`. */
  readonly selectedBy?: string | undefined
  /** Only the policies that select a Pod or a workload, as in `pod/web`. */
  readonly selecting?: string | undefined
}

const wordsOf = ({ kind, name }: Pick<ObjectQuestion, 'kind' | 'name'>): readonly string[] =>
  name === undefined ? [kind] : [kind, name]

/**
 * What was loaded of one kind, as data.
 *
 * @throws {@link CannotAnswer} for a kind or a name that is not there, and for options that do not go with the kind.
 */
export const get = (world: World, question: GetQuestion): Listing =>
  listing(world.inside, listingQuestion(question))

/** Why `get` found nothing, in kubectl's words, and where there would be something. */
export const whyNothing = (world: World, question: GetQuestion): string =>
  nothingFound(world.inside, listingQuestion(question))

const listingQuestion = ({ namespace, ...question }: GetQuestion) => ({
  ...question,
  words: wordsOf(question),
  namespaces: namespace === undefined ? undefined : severalOf(namespace),
})

/**
 * One object in words: its fields and what they mean.
 *
 * @throws {@link CannotAnswer} for a kind or a name that is not there.
 */
export const describe = (world: World, question: ObjectQuestion & ProgramOption): Description =>
  describeObject(world.inside, { ...question, words: wordsOf(question) })

/** A question about network plugins: what `get` is asked, with the kind `cni`. */
export interface PluginQuestion extends Partial<GetQuestion> {
  /** The plugin whose row is wanted, where there is no name. */
  readonly cni?: string | undefined
}

/** Whether `get` is asked for `cni`, which is no kind of object and needs no world. */
export const isPluginQuestion = (question: Pick<ObjectQuestion, 'kind' | 'name'>): boolean =>
  asksForPlugins(wordsOf(question))

/**
 * What is known of the network plugins that `cni` can name: of all of them, or of one.
 *
 * @throws {@link CannotAnswer} for one that is not known, and for options that narrow objects.
 */
export const networkPlugins = (question: PluginQuestion = {}): NetworkPlugins =>
  pluginsReport(wordsOf({ ...question, kind: question.kind ?? 'cni' }), question)

/**
 * What codes mean: all of them, those that begin like `code`, or the one that it is.
 *
 * @throws {@link CannotAnswer} where there is none.
 */
export async function codes(code?: string, { program }: ProgramOption = {}): Promise<readonly Entry[]> {
  const { CODE_FAMILIES: FAMILIES } = await import('../report/codes.ts')
  return findCodes(FAMILIES, code, program)
}

/** How a name that is being typed can go on: all that begins so and is valid where such a thing is wanted. */
export const spellings = (world: World, wanted: Wanted, typing: Typing): readonly Spelling[] =>
  spellingsOf(world.inside, wanted, typing)

/**
 * The keys of the labels that an object has, or the Pods of a workload.
 *
 * @throws {@link CannotAnswer} for what does not say which object is meant.
 */
export const labelsOf = (world: World, object: string, namespace = 'default'): readonly string[] =>
  labelKeys(world.inside, objectCalled(world.inside, object, namespace))
