import type { Diagnostics } from '../../report/report.ts'
import { type Output, VIEWS } from '../../report/views.ts'
import { placeText } from '../../words/lists.ts'
import type { Layout, Paper } from '../paper.ts'
import { codeList, codeText } from './codes.ts'
import { description } from './description.ts'
import { trace } from './explanation.ts'
import { pluginsText } from './plugins.ts'
import { line } from './reachability.ts'
import { treeText } from './tree.ts'

/** `-o text`: each kind of answer as a person reads it. Tables need a package that the others do without. */
export function textLines(
  output: Output,
  paper: Paper,
  { brief, oneNamespace }: Layout,
): Iterable<string> | Promise<Iterable<string>> {
  switch (output.kind) {
    case 'Reachability':
      return brief ? line(output, paper) : trace(output, paper)
    case 'WhoCanReach':
      return treeText(output[VIEWS].tree(), paper)
    case 'Matrix':
      return import('./matrix.ts').then(({ matrixView }) => matrixView(output, paper))
    case 'Listing':
      return import('./listing.ts').then(({ listingLines: listing }) => listing(output, !oneNamespace, paper))
    case 'Description':
      return description(output, paper)
    case 'NetworkPlugins':
      return pluginsText(output, paper)
    case 'Codes': {
      const [only, ...more] = output.codes
      return only !== undefined && more.length === 0 ? codeText(only, paper) : codeList(output.codes, paper)
    }
    case 'CodeList':
      return codeList(output.codes, paper)
    case 'Completion':
      return [output.script.trimEnd()]
    case 'Diagnostics':
      return problemsText(output)
  }
}

/** What is wrong, without the lines of the files, which reports do not carry. */
function* problemsText({ diagnostics }: Diagnostics): Iterable<string> {
  for (const { severity, code, message, source, object, help } of diagnostics) {
    yield `${severity}[${code}]: ${message}`
    const place = source === undefined ? [] : [`${placeText(source)}:${source.column}`]
    const where = [...place, ...(object === undefined ? [] : [`in ${object}`])].join(' ')
    if (where !== '') yield `  --> ${where}`
    if (help !== undefined) yield `  = help: ${help}`
  }
}
