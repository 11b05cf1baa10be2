import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENVIRONMENTS, environmentsOf, mayGo, WORKLOAD_LIFECYCLES, type WorkloadLifecycle } from './lifecycle.ts'

const lifecycle = fc.constantFrom(...WORKLOAD_LIFECYCLES)

/** Where a workload has been when it went wherever it was told to and was allowed to. */
function pathOf(wishes: readonly WorkloadLifecycle[]): WorkloadLifecycle[] {
  const path: WorkloadLifecycle[] = ['development']
  for (const to of wishes) if (mayGo(path.at(-1) ?? 'development', to)) path.push(to)
  return path
}

describe('whatever is asked for, and in whatever order', () => {
  const walks = fc.array(lifecycle, { maxLength: 40 }).map(pathOf)

  test('nothing comes after the end', () => {
    fc.assert(
      fc.property(walks, path => {
        const end = path.indexOf('decommissioned')
        expect(end === -1 || end === path.length - 1).toBe(true)
      }),
    )
  })

  test('production is reached from staging, or from being deprecated, which comes from production', () => {
    fc.assert(
      fc.property(walks, path => {
        for (const [at, place] of path.entries()) {
          if (place === 'production') expect(['staging', 'deprecated']).toContain(path[at - 1])
          if (place === 'deprecated') expect(path[at - 1]).toBe('production')
        }
        if (path.includes('production')) expect(path.indexOf('staging')).toBeLessThan(path.indexOf('production'))
      }),
    )
  })

  test('what was in production is deprecated before it ends', () => {
    fc.assert(
      fc.property(walks, path => {
        if (path.at(-1) === 'decommissioned' && path.at(-2) !== 'deprecated') {
          expect(['development', 'staging']).toContain(path.at(-2))
        }
      }),
    )
  })
})

test('the end is reached from everywhere, through the places before it', () => {
  const reach = new Set<WorkloadLifecycle>(['decommissioned'])
  for (const _ of WORKLOAD_LIFECYCLES) {
    for (const from of WORKLOAD_LIFECYCLES) if ([...reach].some(to => mayGo(from, to))) reach.add(from)
  }
  expect([...reach].sort()).toEqual([...WORKLOAD_LIFECYCLES].sort())
})

test('a step towards production takes no environment away, and the end takes all', () => {
  const sizes = (['development', 'staging', 'production'] as const).map(place => environmentsOf(place).length)
  expect(sizes).toEqual([1, 2, ENVIRONMENTS.length])
  expect(environmentsOf('decommissioned')).toEqual([])
})
