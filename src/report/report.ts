import type { Assumption, Warning } from './assumption.ts'
import type { Codes } from './codes/page.ts'
import type { ProblemCode, ReasonCode } from './codes.ts'
import type {
  EndpointRef,
  ExpectedVerdict,
  MarkedRef,
  Natural,
  Open,
  PolicyRef,
  Port,
  Positive,
  SourceRef,
  Symptom,
  VerdictWord,
  ViaRoute,
} from './common.ts'
import type { CauseFacts } from './facts/cause.ts'
import type { FixFacts } from './facts/fixes.ts'
import type { ConclusionFacts } from './facts/paths.ts'
import type { DifferenceReason, DifferenceReasonFacts, RuleReasonFacts } from './facts/policies.ts'
import type { Description, Listing } from './inventory.ts'
import type { NetworkPlugins } from './plugins.ts'
import type { Suggestion } from './suggestion.ts'

/*
 * What a command answers, as plain data: `-o json` prints it, and renderers see nothing else. schema.json beside this file is
 * made by .schema.mjs from these types, their comments and the tags in them.
 */

/** @title What netpol answers with -o json and -o yaml */
export type Report =
  | Reachability
  | WhoCanReach
  | Matrix
  | Listing
  | Description
  | NetworkPlugins
  | Codes
  | Completion
  | Diagnostics

/** The answer of `completion`: the completion script of a shell. */
export interface Completion {
  readonly kind: 'Completion'
  readonly shell: 'bash' | 'zsh' | 'fish' | 'powershell'
  readonly script: string
}

/** Instead of an answer, with exit code 2: what is wrong with the input, or with the question. */
export interface Diagnostics {
  readonly kind: 'Diagnostics'
  readonly errors: Positive
  readonly warnings: Natural
  readonly diagnostics: readonly Problem[]
}

/** One thing that is wrong. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  readonly code: ProblemCode
  readonly message: string
  /** The object that is refused for it: `NetworkPolicy shop/api`. */
  readonly object?: string
  /** The field, by its path from the root of its object: `spec.ingress[0].from[1]`. */
  readonly field?: string
  readonly source?: MarkedRef
  /** What to do. */
  readonly help?: string
  /** Other places that belong to it. */
  readonly related?: readonly { readonly source: SourceRef; readonly message: string }[]
}

/** Why something has its verdict. */
export interface Concluded {
  readonly reason: ReasonCode
  /** The reason in a sentence, with the decisive policy and its place. */
  readonly message: string
  /** What the sentence is made of. */
  readonly facts: ConclusionFacts
}

/** The answer for one pair of endpoints. */
export interface Answer extends Concluded {
  readonly from: EndpointRef
  readonly to: EndpointRef
  /** What was asked; null for every protocol and port. */
  readonly port: Port | null
  /** Where the answer differs by IP family: the one that it is for. */
  readonly ipFamily?: 'IPv4' | 'IPv6'
  readonly verdict: VerdictWord
  /** What a client would see. */
  readonly symptom: string
  /** `symptom` as data: a code, an HTTP status, or what else a client gets where only some endpoints answer. */
  readonly symptomCode: Symptom
  /** What of the question is open: to at least one of the endpoints, where there are several. */
  readonly open: Open
  /** What is unknown; absent where everything is known. */
  readonly undetermined?: Open
  /** The whole path, in the order in which a connection takes it. */
  readonly steps: readonly Step[]
  /** Among several answers: the sentence is that of all of them together, so that it need not be shown again. */
  readonly repeatsReason?: true
  /** What the answer would be by address, where the name does not resolve. */
  readonly byAddress?: Concluded & { readonly verdict: VerdictWord }
}

/** The answer of `can-reach` and `explain`. */
export interface Reachability extends Answer {
  readonly kind: 'Reachability'
  /** The verdict that is expected; absent where the question names none. */
  readonly expected?: ExpectedVerdict
  readonly assumptions: readonly Assumption[]
  /** What works, but not always, or not as well as it should. */
  readonly warnings: readonly Warning[]
  /** What decides; absent where no policy does. */
  readonly cause?: Cause | undefined
  /** Changes that make it a yes, each proven; those that allow least come first. None where a no is expected. */
  readonly suggestions: readonly Suggestion[]
  /** One answer for each pair of endpoints behind the question; absent where the question names just those two. */
  readonly endpoints?: readonly Answer[] | undefined
}

/** The policies and rules that cause the answer. */
export interface Cause {
  readonly message: string
  /** What the sentence is made of. */
  readonly facts: CauseFacts
  /** Those without which the answer would be different: each alone, or if none is enough, all together. */
  readonly policies: readonly CausingPolicy[]
}

/** A policy that causes the answer. */
export interface CausingPolicy extends PolicyRef {
  /** The index of the only rule of it that counts; absent where it is the whole policy. */
  readonly rule?: Natural
  /** What the answer would be without it; of a rule, if it allowed nothing. */
  readonly without: VerdictWord
}

/** One part of the path of a connection. */
export interface Step extends Concluded {
  /**
   * `name`: what a name resolves to, or where an Ingress or a route leads a host and path; `egress` and `ingress`: the
   * policies of the source and of the destination.
   */
  readonly step: 'name' | 'service' | 'egress' | 'ingress' | 'node'
  readonly verdict: VerdictWord
  /** The id of what decides here; a name that is looked up, as it was typed. */
  readonly object: string
  /** Of a step `name`: it is an Ingress or a route that decides where a host and path lead. */
  readonly route?: true
  /** With `explain`: the policies that select the Pod of this step, or may do so. */
  readonly policies?: readonly PolicyReport[]
  /** Rules and policies that would have changed this step, but for a difference; the nearest first. */
  readonly nearMisses?: readonly NearMissReport[]
  /** With `explain`: how many of them there are; `nearMisses` has the first ten. */
  readonly nearMissCount?: Natural
  /** With `explain`: how many rules of `policies` surely allow nothing of the question and are no near misses. */
  readonly otherRules?: Natural
  /** The index, in `nearMisses`, of the one that is part of the message. */
  readonly decisive?: Natural
  /** The connection that this step itself needs, such as a DNS query. */
  readonly steps?: readonly Step[]
}

/** What nearly allowed a connection, or nearly denied one that is allowed. */
export interface NearMissReport {
  /** By this a suggestion names what it fixes. */
  readonly id: string
  readonly reason: ReasonCode
  /** What is required, and what there is: `tier=backend is wanted, and app/frontend has tier=frontend`. */
  readonly message: string
  /** What is known behind `reason`. */
  readonly facts: DifferenceReasonFacts
  /** What else keeps it from matching. */
  readonly also?: readonly DifferenceReason[]
  /** A small change that would make it match; absent where there is none. */
  readonly mend?: string
  /** The same as data: one for each difference. */
  readonly fixes?: readonly FixFacts[]
  readonly policy: PolicyRef
  /** The index of the rule in the list of its direction; absent where it is the policy itself. */
  readonly rule?: Natural
  /** Where the difference is written. */
  readonly source: MarkedRef
}

/** A policy that selects the Pod of the step, or may do so. */
export interface PolicyReport extends PolicyRef {
  /** `unknown` where it depends on a label that only a running cluster knows. */
  readonly selects: 'yes' | 'unknown'
  /** Whether it isolates the Pods that it selects: what no rule allows is denied. */
  readonly isolates: boolean
  readonly rules: readonly RuleReport[]
}

/** A peer, an item of `from` or `to`, and whether it matches. */
export interface PeerReport {
  readonly index: Natural
  readonly matches: boolean
  readonly reason: ReasonCode
  readonly message: string
  /** What is known behind `reason`. */
  readonly facts: RuleReasonFacts
  /** What else keeps it from matching. */
  readonly also?: readonly DifferenceReason[]
  readonly source: SourceRef
}

/** A rule of a policy, and whether it matches. */
export interface RuleReport extends PeerReport {
  /** The rule as it was read, in words: `TCP 80 from Pods app=web of this namespace`. */
  readonly text: string
  readonly peers: readonly PeerReport[]
}

/** The answer of `who-can-reach`: all sources of one destination. */
export interface WhoCanReach {
  readonly kind: 'WhoCanReach'
  readonly to: EndpointRef
  /** What was asked; null for every protocol and port. */
  readonly port: Port | null
  readonly by: Matrix['by']
  /**
   * The sources that can reach it, at least in part, or perhaps, in the order of the matrix, without the Pod itself.
   * @remarks Their sentences are made while they are iterated over, each time again.
   */
  readonly sources: Iterable<Source>
  /** All other sources, by what denies them: the code, the policy and the rule. */
  readonly keptOut: Iterable<KeptOut>
  readonly assumptions: readonly Assumption[]
}

/** What `can-reach` says of one source. */
export interface Source extends Concluded {
  readonly from: EndpointRef
  readonly verdict: Exclude<VerdictWord, 'no'>
  /** To at least one of the endpoints, where there are several. */
  readonly open: Open
  /** What is unknown; absent where everything is known. */
  readonly undetermined?: Open
  /** Of clients outside: the Ingresses and routes that lead there; absent where there are none. */
  readonly via?: readonly ViaRoute[]
}

/** Sources that are denied for the same reason; the sentence is that of the first of them. */
export interface KeptOut extends Concluded {
  readonly sources: Positive
  /**
   * Their ids.
   * @minItems 1
   */
  readonly from: readonly string[]
}

/** The answer of `matrix`. */
export interface Matrix {
  readonly kind: 'Matrix'
  readonly by: 'pod' | 'workload' | 'namespace'
  /** The only port that was asked for; null for all. */
  readonly port: Port | null
  readonly endpoints: readonly EndpointRef[]
  /** The ids of the rows, where not every endpoint was asked for as a source. */
  readonly sources?: readonly string[]
  /** The ids of the columns, where not every endpoint was asked for as a destination. */
  readonly destinations?: readonly string[]
  /**
   * The ids of what `-n` and `-l` select, where they narrow: a pair of others is not asked for. Of Pods that are not selected
   * only those are endpoints that have something with one that is.
   */
  readonly selected?: readonly string[]
  /**
   * The pairs with something open, source by source; a pair of a Pod with itself is left out.
   * @remarks There may be more of them than memory holds: they are made while they are iterated over, each time again.
   */
  readonly connections: Iterable<Connection>
  /** The pairs of which something is unknown; absent where there is none. */
  readonly undetermined?: Iterable<Connection>
  /** What clients outside reach through Ingresses and routes, beside the connections; absent where there is nothing. */
  readonly routed?: readonly RoutedConnection[]
  readonly assumptions: readonly Assumption[]
}

/** What a client outside reaches through an Ingress or a route, on the ports of the Pods. */
export interface RoutedConnection {
  readonly from: string
  readonly to: string
  /** Open, or perhaps, as `via.verdict` has it. */
  readonly open: Open
  readonly via: ViaRoute
  /** Nothing is open there besides. */
  readonly isOnlyWay?: true
}

/** What is open from one endpoint to another. */
export interface Connection {
  /** The id of an endpoint. */
  readonly from: string
  /** The id of an endpoint. */
  readonly to: string
  readonly open: Open
  /** Not for all Pods or addresses: `open` is what at least one pair of Pods has. */
  readonly partial?: true
}
