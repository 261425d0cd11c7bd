import { cannotAnswer } from '../source/cannot-answer.ts'

/** The parts of a URL. */
interface HttpUrl {
  readonly scheme: string
  /** Without the brackets of an IPv6 address. */
  readonly host: string
  /** As written; undefined for the default port of the scheme. */
  readonly port: string | undefined
  readonly path: string
}

/** The default ports of schemes. */
const SCHEME_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 }

export const isUrl = (typed: string): boolean => typed.includes('://')

/** Reads a URL. Throws CannotAnswer for anything else, and for a URL without a port whose scheme has no default one. */
export function readUrl(typed: string): HttpUrl {
  const url = URL.canParse(typed) ? new URL(typed) : undefined
  if (url === undefined || url.hostname === '')
    cannotAnswer('BAD_URL', `\`${typed}\` is no URL`, 'write it as in `http://api.shop:8080/path`')
  const scheme = url.protocol.replace(/:$/, '')
  // The URL class drops the default port, even where it was written.
  const port = url.port || /^[^/?#]*:(\d+)(?=[/?#]|$)/.exec(typed.slice(typed.indexOf('://') + 3))?.[1]
  if (port === undefined && portOfScheme(scheme) === undefined)
    cannotAnswer(
      'BAD_URL',
      `\`${typed}\` has no port, and ${scheme} has none of its own`,
      'write the port behind the host',
    )
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return { scheme, host, port, path: url.pathname || '/' }
}

export const portOfScheme = (scheme: string): number | undefined => SCHEME_PORTS[scheme]

/** Whether a scheme is HTTP's, or WebSocket's, which begins as HTTP. */
export const isHttp = (scheme: string): boolean => portOfScheme(scheme) !== undefined
