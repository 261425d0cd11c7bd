/*
 * Directives of nginx and HAProxy, as annotations and ConfigMaps of their controllers have them. They are not evaluated: only whether they
 * may keep a request from the backends is found out.
 */

/** That refuse a request, redirect it, or give it to another server. What answers with success is for single paths and methods. */
const KEEPING_OUT =
  /^(?!\s*#).*\b(?:(?:deny|allow|reject|redirect|permanent|silent-drop|tarpit|use_backend|default_backend|use-service|try_files)(?![\w-])|return\s+(?!2\d\d\b)|rewrite\s+\S+\s+"?(?:https?:|\$scheme)|[a-z]{1,10}_pass\b|[a-z]{1,10}_by_lua)/m

/** Outside of blocks it answers every request. */
const ANSWERING = /^(?!\s*#).*\breturn\s/m

/** Their values are no directives: `add_header X-Frame-Options deny`. */
const HEADERS =
  /\b(?:add_header|more_set_(?:input_)?headers|proxy_set_header)\s[^;]*;|\b(?:add|set)-header\s.*/g

/** Whether directives may keep a request from the backends. */
export function keepsOut(directives: string | undefined): boolean {
  if (directives === undefined) return false
  const others = directives.replace(HEADERS, '')
  return KEEPING_OUT.test(others) || ANSWERING.test(outsideBlocks(others))
}

function outsideBlocks(directives: string): string {
  let out = ''
  let depth = 0
  for (const sign of directives) {
    if (sign === '{') depth++
    else if (sign === '}') depth--
    else if (depth <= 0) out += sign
  }
  return out
}
