import { beforeAll, expect, test } from 'vitest'
import { hashSecret, parseKey } from '#core/api-key.ts'
import { databases } from '#lib/platform/database.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { authenticateServiceToken } from './authenticate-service-token.ts'
import { issueServiceToken } from './issue-service-token.ts'
import { listServiceTokens } from './queries.ts'
import { ListServiceTokensQuery } from './schema.ts'

let here: TestOrganization
beforeAll(async () => {
  here = await makeOrganization()
})

test('a token is kept as a hash alone and acts within its permissions', async () => {
  const issued = await issueServiceToken({ ctx: here.admin, input: { name: 'ci', scopes: ['keys.read', 'keys.read'] } })
  const secret = parseKey(issued.token)?.secret ?? ''
  const row = await databases().system.serviceToken.findUniqueOrThrow({ where: { id: issued.id } })
  expect(Buffer.from(row.secretHash)).toEqual(hashSecret(secretKey('api-key-hash'), secret))
  const ctx = await authenticateServiceToken(issued.token, 'request')
  expect(ctx).toMatchObject({ organizationId: here.id, actor: { kind: 'serviceToken', scopes: ['keys.read'] } })
  const entry = await databases().system.auditEntry.findFirstOrThrow({ where: { subjectId: issued.id } })
  expect(JSON.stringify(entry.after)).not.toContain(secret)
  const listed = await listServiceTokens(here.admin, ListServiceTokensQuery.parse({}))
  expect(JSON.stringify(listed)).not.toContain(secret)
})

test('nobody hands out more than they hold for the whole organization', async () => {
  const narrow = here.serviceToken(['serviceTokens.manage', 'keys.read'])
  const issue = (scopes: string[]) => issueServiceToken({ ctx: narrow, input: { name: 'x', scopes } })
  expect((await issue(['keys.read'])).scopes).toEqual(['keys.read'])
  await expect(issue(['keys.manage'])).rejects.toMatchObject({ fields: [{ field: 'scopes' }] })
})

test('its use is noted once a minute at most', async () => {
  const { id, token } = await issueServiceToken({ ctx: here.admin, input: { name: 'busy', scopes: ['keys.read'] } })
  const lastUse = async () => {
    await authenticateServiceToken(token, 'request')
    return (await databases().system.serviceToken.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime() ?? 0
  }
  const first = await lastUse()
  expect(await lastUse()).toBe(first)
  const longAgo = new Date(Date.now() - 61_000)
  await databases().system.serviceToken.update({ where: { id }, data: { lastUsedAt: longAgo } })
  expect(await lastUse()).toBeGreaterThan(longAgo.getTime())
})

test.each([{ scopes: [] }, { scopes: ['everything'] }, { expiresInDays: 367 }, { surprise: 1 }])(
  'an input with %j is refused',
  async change => {
    const input = { name: 'x', scopes: ['keys.read'], ...change }
    await expect(issueServiceToken({ ctx: here.admin, input })).rejects.toMatchObject({ kind: 'invalid_input' })
  },
)
