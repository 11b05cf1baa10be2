import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
/** Packages for servers: one import of them costs every visitor of a page tens of kilobytes. */
const TOO_LARGE = ['zod', 'json-canonicalize', 'node:crypto']

test('no client component brings a server’s package into the browser', () => {
  const chains = ['app', 'components'].flatMap(listSources).flatMap(file => {
    if (directiveOf(file) !== 'use client') return []
    return chainTo(file) ?? []
  })
  expect(chains).toEqual([])
})

test('the walk sees what it has to', () => {
  const schema = path.join(ROOT, 'lib/audit-log/schema.ts')
  expect(chainTo(schema)).toBe('lib/audit-log/schema.ts > zod')
})

/** The shortest way by which a file loads one of those packages; null when it does not. */
function chainTo(start: string): string | null {
  const from = new Map<string, string | null>([[start, null]])
  for (const file of from.keys()) {
    // A server action reaches the browser as its address alone.
    if (file !== start && directiveOf(file) === 'use server') continue
    for (const name of importsOf(file)) {
      if (TOO_LARGE.includes(name)) return [...wayTo(file, from), name].join(' > ')
      const next = resolve(file, name)
      if (next && !from.has(next)) from.set(next, file)
    }
  }
  return null
}

function wayTo(file: string, from: ReadonlyMap<string, string | null>): string[] {
  const before = from.get(file)
  return [...(before ? wayTo(before, from) : []), path.relative(ROOT, file)]
}

/** What a file loads when it is loaded: no types, and nothing that is loaded later by `import()`. */
function importsOf(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\s+(?!type\b)([^'"]*?)(?:\s*from\s+)?'([^']+)'/gm,
  )
  return [...found].flatMap(([, names = '', source = '']) => {
    const named = /^\{([^}]*)\}$/.exec(names.trim())?.[1]?.split(',') ?? []
    const typesAlone = named.length > 0 && named.every(one => one.trim() === '' || one.trim().startsWith('type '))
    return typesAlone ? [] : [source]
  })
}

function resolve(file: string, name: string): string | null {
  if (!/\.tsx?$/.test(name)) return null
  if (name.startsWith('.')) return path.resolve(path.dirname(file), name)
  return name.startsWith('#') ? path.join(ROOT, name.slice(1)) : null
}

function directiveOf(file: string): string | undefined {
  return /^'(use \w+)'/.exec(readFileSync(file, 'utf8'))?.[1]
}

function listSources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map(name => path.join(ROOT, folder, name))
    .filter(file => statSync(file).isFile())
}
