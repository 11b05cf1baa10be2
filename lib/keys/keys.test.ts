import { beforeAll, describe, expect, test } from 'vitest'
import { hashSecret, parseKey } from '#core/api-key.ts'
import { newId } from '#core/ids.ts'
import { databases } from '#lib/platform/database.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { issueKey } from './issue-key.ts'
import { getKey, listKeys, selfServiceShare } from './queries.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateKey } from './rotate-key.ts'
import { ListKeysQuery } from './schema.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

const publishedKey = (id: string) => databases().system.gatewayConfig.findFirst({ where: { kind: 'key', id } })

describe('issuing', () => {
  test('gives a key whose hash alone is stored, published and audited', async () => {
    const developer = await here.person(['developer'])
    const issued = await issueKey({ ctx: developer, input: { name: 'ci', teamId: here.teamId } })
    const parsed = parseKey(issued.key)
    if (!parsed) throw new Error('not a key')
    const row = await databases().system.apiKey.findUniqueOrThrow({ where: { id: issued.id } })
    expect(Buffer.from(row.secretHash)).toEqual(hashSecret(secretKey('api-key-hash'), parsed.secret))
    expect((await publishedKey(issued.id))?.version.toString()).toBe(issued.configVersion)
    const entry = await databases().system.auditEntry.findFirstOrThrow({ where: { subjectId: issued.id } })
    expect(entry).toMatchObject({ action: 'key.issued', actorName: developer.actor.name })
    expect(JSON.stringify(entry.after)).not.toContain(parsed.secret)
  })

  test('beyond the bounds of the team names the bound and is counted as needing a person', async () => {
    const other = await makeOrganization()
    const developer = await other.person(['developer'])
    const input = { name: 'long', teamId: other.teamId, expiresInDays: 700 }
    await expect(issueKey({ ctx: developer, input })).rejects.toMatchObject({
      kind: 'invalid_input',
      fields: [{ field: 'expiresInDays', message: expect.stringContaining('at most 365 days') }],
    })
    await issueKey({ ctx: developer, input: { ...input, expiresInDays: 30 } })
    expect(await selfServiceShare(developer, new Date(0))).toEqual({ asked: 2, automatic: 1 })
  })

  test.each([
    ['an unknown field', { surprise: 1 }],
    ['an empty name', { name: ' ' }],
    ['an address that is none', { ipAllowList: ['10.0.0.0/99'] }],
    ['a negative limit', { dailyLimitUsd: -1 }],
  ])('refuses %s', async (_, change) => {
    const developer = await here.person(['developer'])
    const input = { name: 'x', teamId: here.teamId, ...change }
    await expect(issueKey({ ctx: developer, input })).rejects.toMatchObject({ kind: 'invalid_input' })
  })
})

describe('who may', () => {
  test('a team one is not in does not exist', async () => {
    const developer = await here.person(['developer'], { teamId: null })
    const attempt = issueKey({ ctx: developer, input: { name: 'x', teamId: here.teamId } })
    await expect(attempt).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('without the permission nothing is possible', async () => {
    const legal = await here.person(['legal'])
    const input = { name: 'x', teamId: here.teamId }
    await expect(issueKey({ ctx: legal, input })).rejects.toMatchObject({ kind: 'permission_denied' })
    await expect(revokeKey({ ctx: legal, input: { id: newId() } })).rejects.toMatchObject({ kind: 'permission_denied' })
  })

  test('another organization does not see, rotate or revoke it', async () => {
    const key = await issueKey({ ctx: here.admin, input: { name: 'ours', teamId: here.teamId } })
    for (const attempt of [
      () => getKey(elsewhere.admin, key.id),
      () => rotateKey({ ctx: elsewhere.admin, input: { id: key.id } }),
      () => revokeKey({ ctx: elsewhere.admin, input: { id: key.id } }),
      () => issueKey({ ctx: elsewhere.admin, input: { name: 'x', teamId: here.teamId } }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'not_found' })
    }
    expect((await listKeys(elsewhere.admin, ListKeysQuery.parse({}))).data).toEqual([])
  })

  test('a developer sees own keys only, a lead those of the team', async () => {
    const org = await makeOrganization()
    const [first, second] = [await org.person(['developer']), await org.person(['developer'])]
    const lead = await org.person(['team_lead'], { lead: true })
    const key = await issueKey({ ctx: first, input: { name: 'mine', teamId: org.teamId } })
    await expect(getKey(second, key.id)).rejects.toMatchObject({ kind: 'not_found' })
    expect((await getKey(lead, key.id)).name).toBe('mine')
  })
})

describe('a key’s end', () => {
  test('revoking is published, audited and may be repeated', async () => {
    const key = await issueKey({ ctx: here.admin, input: { name: 'old', teamId: here.teamId } })
    const first = await revokeKey({ ctx: here.admin, input: { id: key.id, reason: 'leaked' } })
    expect(await revokeKey({ ctx: here.admin, input: { id: key.id } })).toEqual(first)
    expect((await publishedKey(key.id))?.doc).toMatchObject({ revokedAt: first.revokedAt })
    expect(await getKey(here.admin, key.id)).toMatchObject({ state: 'revoked', revokedReason: 'leaked' })
  })

  test('rotating leaves the old key its grace and no more', async () => {
    const old = await issueKey({ ctx: here.admin, input: { name: 'ci', teamId: here.teamId } })
    const fresh = await rotateKey({ ctx: here.admin, input: { id: old.id, graceHours: 2 } })
    expect(fresh.key).not.toBe(old.key)
    const doc = (await publishedKey(old.id))?.doc as { expiresAt: string }
    expect(Date.parse(doc.expiresAt)).toBeLessThanOrEqual(Date.now() + 2 * 3_600_000)
    expect((await getKey(here.admin, old.id)).state).toBe('grace')
    await expect(rotateKey({ ctx: here.admin, input: { id: old.id } })).rejects.toMatchObject({ kind: 'conflict' })
  })
})

test('row-level security hides other organizations even from a query without a filter', async () => {
  await issueKey({ ctx: here.admin, input: { name: 'ours', teamId: here.teamId } })
  expect(await databases().app.apiKey.findMany()).toEqual([])
})
