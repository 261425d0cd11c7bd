/** The API group of an `apiVersion`: a domain, or empty for the core group. */
export const apiGroup = (apiVersion: string): string =>
  apiVersion.slice(0, Math.max(apiVersion.indexOf('/'), 0))
