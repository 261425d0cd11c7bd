import { ALLOWED } from './codes/allowed.ts'
import { ASSUMED } from './codes/assumed.ts'
import { DENIED } from './codes/denied.ts'
import { INPUT } from './codes/input.ts'
import { NAMES } from './codes/names.ts'
import { NEAR_MISSES } from './codes/near-misses.ts'
import type { CodeFamily } from './codes/page.ts'
import { QUESTIONS } from './codes/questions.ts'
import { ROUTES } from './codes/routes.ts'
import { UNDETERMINED } from './codes/undetermined.ts'

/*
 * The page of each code. Nobody but `netpol codes` needs the texts, so they are a bundle of their own (.build.mjs): all
 * others import types from here.
 */

/** Why an answer is what it is, and what it takes for granted. */
export type ReasonCode =
  | keyof typeof ALLOWED
  | keyof typeof DENIED
  | keyof typeof NEAR_MISSES
  | keyof typeof NAMES
  | keyof typeof ROUTES
  | keyof typeof UNDETERMINED
  | keyof typeof ASSUMED

/** What is wrong with the input or the question. */
export type ProblemCode = keyof typeof INPUT | keyof typeof QUESTIONS | 'NAME_NOT_FOUND'

/** In the order of the list. */
export const CODE_FAMILIES: readonly CodeFamily[] = [
  { title: 'Open', pages: ALLOWED },
  { title: 'Closed, or open in part', pages: DENIED },
  { title: 'Rules and policies that do not match', pages: NEAR_MISSES },
  { title: 'Names and Services', pages: NAMES },
  { title: 'Ingress and Gateway', pages: ROUTES },
  { title: 'Not to be told from the input', pages: UNDETERMINED },
  { title: 'Taken for granted', pages: ASSUMED },
  { title: 'Wrong with the manifests', pages: INPUT },
  { title: 'Wrong with the question', pages: QUESTIONS },
]
