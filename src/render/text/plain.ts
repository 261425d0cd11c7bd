import type { Style } from './style.ts'

const asItIs = (text: string): string => text

/** No colors. */
export const PLAIN: Style = {
  verdict: (_, text) => text,
  heading: asItIs,
  faint: asItIs,
  error: asItIs,
  warning: asItIs,
}
