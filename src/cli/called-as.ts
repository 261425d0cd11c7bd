/** Our own words about commands (`netpol get pods`), with the name that the program is called by: as a plugin, `kubectl netpol`. */
export const asCalled = (words: string, calledAs: string): string =>
  words.replaceAll(/`netpol (?=[a-z-]+[ `])/g, `\`${calledAs} `)
