import type { Operation } from '#lib/platform/operation.ts'

/** The resource an operation belongs to: the first segment of its path. */
export function resourceOf(operation: Operation): string {
  return operation.path.split('/')[1] ?? ''
}

/**
 * A stable name for generated clients: `listKeys`, `createKey`, `getKey`, `updateModel`, `deleteProvider`,
 * `rotateKey`, `previewModelsPriceImport`.
 */
export function operationIdOf(operation: Operation): string {
  const segments = operation.path.split('/').filter(Boolean)
  const last = segments.at(-1) ?? ''
  const nouns = segments.filter(segment => !segment.startsWith('{'))
  if (last.startsWith('{')) return itemVerb(operation) + nouns.map(noun => pascal(singular(noun))).join('')
  const owner = segments.at(-2)?.startsWith('{')
    ? [...nouns.slice(0, -2).map(pascal), pascal(singular(nouns.at(-2) ?? ''))].join('')
    : nouns.slice(0, -1).map(pascal).join('')
  if (operation.method === 'GET') return `list${owner}${pascal(last)}`
  if (operation.method === 'PUT') return `set${owner}${pascal(last)}`
  if (operation.method === 'PATCH') return `update${owner}${pascal(last)}`
  if (operation.method === 'DELETE') return `remove${owner}${pascal(last)}`
  return last.endsWith('s') ? `create${owner}${pascal(singular(last))}` : `${camel(last)}${owner}`
}

function itemVerb(operation: Operation): string {
  const verbs = { GET: 'get', POST: 'act', PUT: 'set', PATCH: 'update', DELETE: 'delete' } as const
  return verbs[operation.method]
}

function singular(noun: string): string {
  if (noun === 'people') return 'person'
  return noun.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
}

function pascal(text: string): string {
  return text.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function camel(text: string): string {
  const whole = pascal(text)
  return whole.charAt(0).toLowerCase() + whole.slice(1)
}
