// The rooms of src, and what each may import. .build.mjs writes it down for the linter as .rooms.json, which .biome.json extends.

/**
 * In their order, which is that of src/README.md: a room may import those before it.
 *
 * `only`: nothing but these rooms and files; `also`: these files of later rooms; `why`: what the linter says of any other import.
 */
const ROOMS = [
  { room: 'sets', why: 'sets are algebra and know nothing of Kubernetes' },
  {
    room: 'source',
    only: ['sets/memoized.ts'],
    why: 'texts and places know nothing of what is in them; memoization is the same everywhere',
  },
  { room: 'report', only: [], why: 'the contract stands alone' },
  { room: 'model', why: 'the model knows nothing of policies and questions' },
  { room: 'policy', why: 'what a policy says does not depend on who asks' },
  { room: 'engine', why: 'the evaluation has no words and asks no questions' },
  {
    room: 'world',
    also: ['words/lists.ts'],
    why: 'a world is put together whatever is asked of it',
  },
  {
    room: 'network',
    also: ['words/lists.ts'],
    why: 'endpoints and pairs of them know nothing of names, paths and questions',
  },
  {
    room: 'naming',
    also: ['words/lists.ts'],
    why: 'what was typed is found in the world, before anything is evaluated',
  },
  { room: 'path', why: 'a path is found out, and nothing is said of it' },
  {
    room: 'explain',
    why: 'explanations are reasons with facts: they ask no question of their own and make no sentence',
  },
  { room: 'compare', why: 'a comparison is data, and knows nothing of what it is made for' },
  { room: 'words', only: ['sets', 'source', 'report'], why: 'a sentence is made from facts alone' },
  {
    room: 'suggest',
    why: 'suggestions are proven by asking paths and comparisons, and know no question',
  },
  { room: 'questions', why: 'questions do not know how answers are shown' },
  {
    room: 'render',
    only: ['report', 'words', 'sets/group-by.ts', 'source/printable.ts'],
    why: 'a renderer knows reports, and words for their facts',
  },
  { room: 'library', why: 'the library knows nothing of files, terminals and processes' },
  { room: 'cli', only: ['index.ts'], why: 'the command line uses nothing but the library: src/index.ts' },
]

/** The rooms and files that may import a package; the outside world is one too. */
const OWNERS = {
  yaml: ['source', 'render/data.ts'],
  'ipaddr.js': ['sets/addresses.ts'],
  chalk: ['render/text/style.ts'],
  'cli-table3': ['render/text/table.ts'],
  commander: ['cli/command.ts', 'cli/main.ts'],
  'node:*': ['cli/io.ts'],
}

/** What the linter is told: an override for each room, and one for each file that may import a package. */
export function importRules() {
  const files = [...new Set(Object.values(OWNERS).flat())].filter(isFile)
  const overrides = ROOMS.flatMap(room => [
    overrideFor(room, placesOf(room.room)),
    ...files.filter(file => file.startsWith(`${room.room}/`)).map(file => overrideFor(room, [`src/${file}`])),
  ])
  return `{"overrides": [\n${overrides.map(one => JSON.stringify(one)).join(',\n')}\n]}\n`
}

export const ROOM_NAMES = ROOMS.map(({ room }) => room)

const isFile = path => path.endsWith('.ts')

/** The list of what the library exports is beside the rooms. */
const placesOf = room => (room === 'library' ? ['src/library/**', 'src/index.ts'] : [`src/${room}/**`])

function overrideFor({ room, only, also = [], why }, includes) {
  const before = ROOM_NAMES.slice(0, ROOM_NAMES.indexOf(room))
  const allowed = [...(only ?? before), ...also]
  const rooms = ROOM_NAMES.filter(other => other !== room && !allowed.includes(other))
  const exceptions = allowed.filter(isFile)
  const isOwner = path => [room, ...includes].some(place => place === path || place === `src/${path}`)
  const packages = Object.keys(OWNERS).filter(name => !OWNERS[name].some(isOwner))
  const patterns = [
    {
      group: [...rooms.flatMap(importsOf), ...exceptions.flatMap(importsOf).map(one => `!${one}`)],
      message: why,
    },
    { group: packages, message: 'each package and the outside world have one owner: src/README.md' },
  ]
  const rule = { level: 'error', options: { patterns } }
  return { includes, linter: { rules: { style: { noRestrictedImports: rule } } } }
}

/** How a room or a file is imported. */
function importsOf(path) {
  if (path === 'index.ts') return ['../index.ts', '../../index.ts']
  if (path === 'library') return ['**/library/**', ...importsOf('index.ts')]
  return [isFile(path) ? `**/${path}` : `**/${path}/**`]
}
