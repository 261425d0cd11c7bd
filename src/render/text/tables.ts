/*
 * What is drawn in rows and columns, apart from the rest: it takes a package that the other answers do without.
 */
export { matrixCsv } from '../csv.ts'
export { listing as listingText } from './listing.ts'
export { matrixText } from './matrix.ts'
export { overviewText } from './overview.ts'
export { pluginsText } from './plugins.ts'
