import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
const LONGEST = 400
const FORBIDDEN = new Set(['utils', 'util', 'helpers', 'helper', 'misc', 'common', 'shared'])
/** Names that a tool gives a meaning to. */
const GIVEN_NAMES = /^(README|LICENSE|Dockerfile|Chart|CHANGELOG|CONTRIBUTING|SECURITY|NOTICE)\b/
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
/** Route segments of Next.js, migrations with their time, Python. */
const OWN_RULES = /(^|\/)(app|prisma\/migrations|sdk\/python|deploy)\//
const MAY_BE_LONG =
  /(^|\/)(components\/ui|prisma\/generated|prisma\/migrations|docs)\/|^core\/maturity\/stage-\w+\.ts$|\.(json|svg|png|css|lock|md)$/

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
  .toString()
  .split('\n')
  .filter(file => file && existsSync(path.join(ROOT, file)))
const sources = files.filter(file => /\.(ts|tsx|mjs|js)$/.test(file))

describe('the tree', () => {
  test('is read at all', () => {
    expect(sources.length).toBeGreaterThan(100)
  })

  test('names files in kebab-case', () => {
    const odd = files.filter(file => {
      const name = path.basename(file)
      return !OWN_RULES.test(file) && !name.startsWith('.') && !GIVEN_NAMES.test(name) && !KEBAB.test(name)
    })
    expect(odd.filter(file => file !== 'prisma/migrations/migration_lock.toml')).toEqual([])
  })

  test('names files of routes in kebab-case', () => {
    const odd = sources.filter(file => file.startsWith('app/') && !KEBAB.test(path.basename(file)))
    expect(odd).toEqual([])
  })

  test('has no folder that says nothing of what is in it', () => {
    const vague = files.filter(file =>
      file
        .split('/')
        .slice(0, -1)
        .some(part => FORBIDDEN.has(part)),
    )
    expect(vague).toEqual([])
  })

  test('has no barrels', () => {
    expect(sources.filter(file => /(^|\/)index\.tsx?$/.test(file) && !file.startsWith('sdk/'))).toEqual([])
  })

  test(`has no source file above ${LONGEST} lines`, () => {
    const long = sources
      .filter(file => !MAY_BE_LONG.test(file))
      .map(file => ({ file, lines: readFileSync(path.join(ROOT, file), 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > LONGEST)
    expect(long).toEqual([])
  })

  test('silences no checker and leaves nothing for later', () => {
    const marks = new RegExp(
      ['@ts-' + 'ignore', '@ts-' + 'nocheck', 'biome-' + 'ignore', 'TO' + 'DO', 'FIX' + 'ME'].join('|'),
    )
    const silenced = sources.filter(file => marks.test(readFileSync(path.join(ROOT, file), 'utf8')))
    expect(silenced).toEqual([])
  })
})
