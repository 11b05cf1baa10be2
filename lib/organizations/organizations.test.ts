import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { SHIPPED_RISKS } from '#core/risks/shipped-risks.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { loadViewer } from '#lib/platform/auth/viewer.ts'
import { BOOTSTRAP_ID, type Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { createOrganization } from './create-organization.ts'
import { getOrganization, listOrganizations } from './queries.ts'
import { KEPT_TABLES, REMOVED_TABLES, removeDemo } from './remove-demo.ts'
import { setUp } from './set-up.ts'
import { updateOrganization } from './update-organization.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
})

const bootstrap = (): Context => ({
  ...here.serviceToken(['organization.manage']),
  actor: { kind: 'serviceToken', id: BOOTSTRAP_ID, name: 'Bootstrap token', scopes: ['organization.manage'] },
})

describe('an organization', () => {
  test('is made whole by the bootstrap token: team, administrator, published, audited', async () => {
    const administrator = { name: 'Ada', email: `${newId()}@example.test` }
    const made = await createOrganization({ ctx: bootstrap(), input: { name: 'Acme Öl', administrator } })
    expect(made).toMatchObject({ name: 'Acme Öl', demo: false, timezone: 'UTC', requestRetentionDays: 90 })
    const { system } = databases()
    const where = { organizationId: made.id }
    const kinds = await system.gatewayConfig.findMany({ where, orderBy: { kind: 'asc' } })
    const published = Object.groupBy(kinds, document => document.kind)
    expect(Object.keys(published)).toEqual(['guardrail', 'organization', 'team', 'tier'])
    expect([published.tier?.length, published.guardrail?.length]).toEqual([3, 13])
    const actions = (await system.auditEntry.findMany({ where, orderBy: { sequence: 'asc' } })).map(row => row.action)
    const risks = SHIPPED_RISKS.map(() => 'risk.added')
    expect(actions).toEqual(['organization.created', ...risks, 'team.created', 'person.created', 'membership.added'])
    const session = { personId: made.administratorId ?? '', organizationId: made.id, sessionVersion: 1 }
    const viewer = await loadViewer(session)
    expect(viewer).toMatchObject({ person: { roles: ['administrator'] }, teams: [{ id: made.teamId, kind: 'lead' }] })
    const again = await createOrganization({ ctx: bootstrap(), input: { name: 'Acme Öl' } })
    expect(again.slug).toBe(`${made.slug}-2`)
  })

  test('is made by nobody else', async () => {
    const tokens = [here.admin, here.serviceToken(['organization.manage']), await here.person(['operations'])]
    for (const ctx of tokens) {
      await expect(createOrganization({ ctx, input: { name: 'Mine' } })).rejects.toMatchObject({
        kind: 'permission_denied',
      })
    }
  })

  test('keeps the settings that an update leaves out', async () => {
    const input = { id: here.id, timezone: 'Europe/Amsterdam' }
    await updateOrganization({ ctx: here.admin, input })
    const updated = await updateOrganization({ ctx: here.admin, input: { id: here.id, requestRetentionDays: 30 } })
    expect(updated).toMatchObject({ timezone: 'Europe/Amsterdam', requestRetentionDays: 30 })
    const both = [{ deliveryRetentionDays: 40 }, { requestRetentionDays: 50 }]
    await Promise.all(both.map(change => updateOrganization({ ctx: here.admin, input: { id: here.id, ...change } })))
    const { data } = await listOrganizations(here.admin)
    expect(data).toMatchObject([{ deliveryRetentionDays: 40, requestRetentionDays: 50 }])
    const attempt = updateOrganization({ ctx: here.admin, input: { id: here.id, timezone: 'Mars/Olympus' } })
    await expect(attempt).rejects.toMatchObject({ fields: [{ field: 'timezone' }] })
  })

  test('is out of reach for others and without the permission', async () => {
    const id = here.id
    const legal = await here.person(['legal'])
    await expect(getOrganization(elsewhere.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
    for (const verb of [updateOrganization, removeDemo]) {
      await expect(verb({ ctx: elsewhere.admin, input: { id } })).rejects.toMatchObject({ kind: 'not_found' })
      await expect(verb({ ctx: legal, input: { id } })).rejects.toMatchObject({ kind: 'permission_denied' })
    }
    expect((await listOrganizations(elsewhere.admin)).data.map(item => item.id)).toEqual([elsewhere.id])
    expect(() => getOrganization(here.serviceToken([]), id)).toThrow(/organization.read/)
  })
})

describe('demonstration data', () => {
  test('is removed whole; the audit log stays and the gateways let go', async () => {
    const demo = await makeOrganization('Northwind')
    const { system } = databases()
    await system.organization.update({ where: { id: demo.id }, data: { demo: true } })
    const key = await issueKey({ ctx: demo.admin, input: { name: 'ci', teamId: demo.teamId } })
    const session = { personId: demo.admin.actor.id ?? '', organizationId: demo.id, sessionVersion: 1 }
    expect((await loadViewer(session))?.organization.demo).toBe(true)
    await removeDemo({ ctx: demo.admin, input: { id: demo.id } })
    expect(await loadViewer(session)).toBeNull()
    const where = { organizationId: demo.id }
    expect(await system.person.count({ where })).toBe(0)
    expect(await system.apiKey.count({ where })).toBe(0)
    expect(await system.gatewayConfig.findFirst({ where: { id: key.id } })).toMatchObject({ deleted: true, doc: {} })
    expect(await system.gatewayConfig.count({ where: { ...where, deleted: false } })).toBe(0)
    const actions = (await system.auditEntry.findMany({ where })).map(entry => entry.action)
    expect(actions).toEqual(expect.arrayContaining(['key.issued', 'organization.demo_removed']))
    await expect(removeDemo({ ctx: demo.admin, input: { id: demo.id } })).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('what is not demonstration data is not removed', async () => {
    await expect(removeDemo({ ctx: here.admin, input: { id: here.id } })).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('every table of an organization is either removed or kept on purpose', async () => {
    const rows = await databases().system.$queryRaw<{ name: string }[]>`
      select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where a.attname = 'organization_id' and c.relkind in ('r', 'p') and not c.relispartition
        and c.relnamespace = 'public'::regnamespace`
    expect(rows.map(row => row.name).sort()).toEqual([...REMOVED_TABLES, ...KEPT_TABLES].sort())
  })
})

test('set-up is refused when an organization lives here, whatever the code', async () => {
  const input = { code: 'x', organizationName: 'Acme', teamName: 'First', name: 'Ada', email: 'ada@example.test' }
  await expect(setUp(input)).rejects.toMatchObject({ reason: 'set_up_done' })
})
