import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { archiveCachePolicy } from './archive-policy.ts'
import { createCachePolicy } from './create-policy.ts'
import { purgeCache } from './purge-cache.ts'
import { cachePolicyHistory, getCachePolicy, listCachePolicies } from './queries.ts'
import { ListCachePoliciesQuery } from './schema.ts'
import { cacheStatistics } from './statistics.ts'
import { updateCachePolicy } from './update-policy.ts'

const { system } = databases()
const workload = (target: string, more: object = {}) => ({ name: target, scope: 'workload', target, ...more })

let here: TestOrganization
beforeAll(async () => {
  here = await makeOrganization()
})

const make = (input: object, organization = here) => createCachePolicy({ ctx: organization.admin, input })
const published = (id: string) => system.gatewayConfig.findFirst({ where: { kind: 'cache_policy', id } })

describe('a policy', () => {
  test('is published as it is made, and keeps answers close unless told', async () => {
    const policy = await make(workload('made', { reason: 'They ask the same' }))
    expect(policy).toMatchObject({ enabled: true, sharing: 'team', includeTools: false, version: 1, entries: 0 })
    expect(policy.figures).toMatchObject({ hits: 0, hitRate: null, savedUsd: '0.00' })
    expect((await published(policy.id))?.doc).toMatchObject({ scope: 'workload', target: 'made', enabled: true })
  })

  test('keeps every version with its author, reason and difference', async () => {
    const { id } = await make(workload('versions'))
    const before = await published(id)
    const input = { id, ttlSeconds: 60, deterministicOnly: true, reason: 'Answers grew stale' }
    const changed = await updateCachePolicy({ ctx: here.admin, input })
    expect(changed).toMatchObject({ version: 2, ttlSeconds: 60, deterministicOnly: true })
    const [latest, first] = await cachePolicyHistory(here.admin, id)
    expect(latest).toMatchObject({ version: 2, reason: 'Answers grew stale' })
    expect(latest?.changes).toEqual([
      { field: 'kept for', before: '86400 s', after: '60 s' },
      { field: 'only temperature 0', before: 'no', after: 'yes' },
    ])
    expect(first?.changes.length).toBeGreaterThan(5)
    expect((await published(id))?.version).toBeGreaterThan(before?.version ?? 0n)
  })

  test('is the only one for what it covers, until it is archived', async () => {
    const { id } = await make(workload('one'))
    await expect(make(workload('one'))).rejects.toMatchObject({ kind: 'conflict' })
    await archiveCachePolicy({ ctx: here.admin, input: { id } })
    expect((await published(id))?.deleted).toBe(true)
    const again = await archiveCachePolicy({ ctx: here.admin, input: { id } })
    expect(again.version).toBe(2)
    await expect(updateCachePolicy({ ctx: here.admin, input: { id, enabled: false } })).rejects.toMatchObject({
      kind: 'conflict',
    })
    await make(workload('one'))
  })

  test.each<[string, object]>([
    ['a target it does not take', { name: 'x', scope: 'organization', target: 'everything' }],
    ['no target where it needs one', { name: 'x', scope: 'model' }],
    ['a team that is not here', { name: 'x', scope: 'team', target: newId() }],
    ['a name that no header can carry', workload('naïve')],
    ['a life beyond thirty days', workload('long', { ttlSeconds: 31 * 86_400 })],
    ['a field that nobody knows', workload('unknown', { ttl: 5 })],
  ])('is refused with %s', async (_, input) => {
    await expect(make(input)).rejects.toMatchObject({ kind: 'invalid_input' })
  })
})

test('a purge publishes the policies again, those of this organization alone', async () => {
  const [mine, theirs] = [await makeOrganization(), await makeOrganization()]
  const policies = [await make(workload('a'), mine), await make(workload('b'), mine)]
  const foreign = await make(workload('a'), theirs)
  const versions = async () => Promise.all([...policies, foreign].map(async ({ id }) => (await published(id))?.version))
  const before = await versions()
  const [first] = policies
  expect(await purgeCache({ ctx: mine.admin, input: { policyId: first?.id } })).toMatchObject({ policies: 1 })
  expect(await purgeCache({ ctx: mine.admin, input: {} })).toMatchObject({ policies: 2 })
  const after = await versions()
  expect(after.map((version, at) => (version ?? 0n) > (before[at] ?? 0n))).toEqual([true, true, false])
  expect((await getCachePolicy(mine.admin, first?.id ?? '')).purgedAt).not.toBeNull()
  const attempt = purgeCache({ ctx: mine.admin, input: { policyId: foreign.id } })
  await expect(attempt).rejects.toMatchObject({ kind: 'not_found' })
})

test('figures come from what gateways recorded, once, and are nobody else’s', async () => {
  const organization = await makeOrganization()
  const policy = await make(workload('figures'), organization)
  const cache = (outcome: 'hit' | 'miss' | 'skipped', savedNanoUsd: string | null = null) => {
    const event = makeRequestEvent(organization.id, { workload: 'figures' })
    const hit = outcome === 'hit'
    const saved = { savedNanoUsd, savedTokens: hit ? 40 : null, savedMs: hit ? 900.4 : null }
    const reason = outcome === 'skipped' ? ('tier' as const) : null
    const source = hit ? ('memory' as const) : null
    event.detail.cache = { outcome, policyId: policy.id, reason, source, ageMs: hit ? 5 : null, ...saved }
    return event
  }
  const events = [cache('hit', '1500000000'), cache('hit'), cache('miss'), cache('skipped')]
  await recordRequestEvents(events)
  await recordRequestEvents(events)
  const expected = { hits: 2, misses: 1, skipped: 1, savedUsd: '1.50', unpricedHits: 1, savedTokens: 80 }
  const { data } = await listCachePolicies(organization.admin, ListCachePoliciesQuery.parse({}))
  expect(data[0]?.figures).toMatchObject(expected)
  const { total, daily } = await cacheStatistics(organization.admin, { days: 7 })
  expect(total).toMatchObject(expected)
  expect(daily.reduce((sum, day) => sum + day.hits, 0)).toBe(2)
  expect((await cacheStatistics(here.admin, { days: 7 })).total.hits).toBe(0)
  const foreign = cacheStatistics(here.admin, { days: 7, policyId: policy.id })
  await expect(foreign).rejects.toMatchObject({ kind: 'not_found' })
})

test('developers see policies and change none', async () => {
  const developer = await here.person(['developer'])
  const { id } = await make(workload('seen'))
  expect((await getCachePolicy(developer, id)).name).toBe('seen')
  for (const attempt of [
    createCachePolicy({ ctx: developer, input: workload('theirs') }),
    updateCachePolicy({ ctx: developer, input: { id, enabled: false } }),
    archiveCachePolicy({ ctx: developer, input: { id } }),
    purgeCache({ ctx: developer, input: {} }),
  ]) {
    await expect(attempt).rejects.toMatchObject({ kind: 'permission_denied' })
  }
})
