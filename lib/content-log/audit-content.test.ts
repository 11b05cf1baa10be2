import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashContentAudit } from '#core/content/content-audit.ts'
import type { RequestEvent } from '#core/contracts/request-event.ts'
import { databases } from '#lib/platform/database.ts'
import { updateTier } from '#lib/tiers/update-tier.ts'
import { ago, tierOf, withContentLog } from '#test/content-log.ts'
import { keepContent } from '#test/kept-content.ts'
import type { TestOrganization } from '#test/organization.ts'
import { auditContent } from './audit-content.ts'
import { getContentAudit } from './audits.ts'

let here: TestOrganization
let owner: pg.Client
let open: RequestEvent

beforeAll(async () => {
  here = await withContentLog()
  open = await keepContent(here.id, { said: 'which port does it use' })
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await owner.connect()
})
afterAll(() => owner.end())

describe('an audit', () => {
  test('of what is in order finds nothing, and is evidence that cannot be changed', async () => {
    const org = await withContentLog()
    await keepContent(org.id)
    await keepContent(org.id, { tier: 'Internal', logging: 'restricted' })
    const result = await auditContent({ ctx: org.admin, input: {} })
    expect(result).toMatchObject({ entries: 2, sampleSize: 2, violations: 0, intact: true })
    expect(result.record.population).toEqual({ Public: 1, Internal: 1 })
    expect(result.sha256).toBe(hashContentAudit(result.record))
    expect(await getContentAudit(org.admin, result.id)).toEqual(result)
    const app = new pg.Client({ connectionString: process.env.DATABASE_URL, options: '-c role=gatehouse_app' })
    await app.connect()
    await expect(app.query('update content_audits set violations = 0')).rejects.toThrow(/permission/)
    await app.end()
    await owner.query(`update content_audits set record = jsonb_set(record, '{collector}', '"nobody"') where id = $1`, [
      result.id,
    ])
    expect((await getContentAudit(org.admin, result.id)).intact).toBe(false)
    const stranger = (await withContentLog()).admin
    await expect(getContentAudit(stranger, result.id)).rejects.toMatchObject({ kind: 'not_found' })
  })

  test.each([
    ['tier_keeps_none', `update request_contents set tier = 'Restricted' where id = $1`],
    ['tier_differs', `update request_contents set tier = 'Internal' where id = $1`],
    ['not_decided', `update request_events set detail = '{"attempts":[],"content":"metadata"}' where id = $1`],
    [
      'unreadable',
      `update request_contents set sealed = set_byte(sealed, 39, 255 - get_byte(sealed, 39)) where id = $1`,
    ],
    ['no_event', `delete from request_events where id = $1`],
    ['wider_than_tier', `update request_contents set tier = 'Internal' where id = $1`],
  ])('finds a planted violation: %s', async (rule, sql) => {
    const org = await withContentLog()
    await org.person(['security'])
    await keepContent(org.id)
    const planted = await keepContent(org.id, { said: 'nothing to see' })
    await owner.query(sql, [planted.id])
    const { violations, record } = await auditContent({ ctx: org.admin, input: {} })
    expect(violations).toBeGreaterThan(0)
    expect(record.violations).toContainEqual(expect.objectContaining({ requestId: planted.id, rule }))
    expect(record.violations.map(({ requestId }) => requestId)).not.toContain(open.id)
    const notices = await databases().system.notice.findMany({
      where: { organizationId: org.id, kind: 'content_audit_finding' },
    })
    expect(notices.length).toBe(1)
  })

  test('finds what the tier kept none of at that time, though it does now, and the reverse not', async () => {
    const org = await withContentLog()
    const tier = await tierOf(org, 'Public')
    const at = (ms: number) => ({ occurredAt: new Date(Date.now() + ms).toISOString() })
    const before = await keepContent(org.id, { event: at(-60_000) })
    await updateTier({ ctx: org.admin, input: { id: tier.id, contentLogging: 'metadata' } })
    await updateTier({ ctx: org.admin, input: { id: tier.id, contentLogging: 'full' } })
    expect((await auditContent({ ctx: org.admin, input: {} })).violations).toBe(0)
    // The last change was an hour later than it was.
    await owner.query(
      `update record_versions set created_at = now() + interval '1 hour'
       where organization_id = $1 and record_id = $2 and version = (
         select max(version) from record_versions where organization_id = $1 and record_id = $2)`,
      [org.id, tier.id],
    )
    const during = await keepContent(org.id, { event: at(60_000) })
    const { record } = await auditContent({ ctx: org.admin, input: {} })
    expect(record.violations).toMatchObject([{ requestId: during.id, rule: 'tier_keeps_none' }])
    expect(record.violations.map(({ requestId }) => requestId)).not.toContain(before.id)
  })

  test('finds data that the guardrails would have kept out, in what was asked and answered, never naming it', async () => {
    const org = await withContentLog()
    const card = await keepContent(org.id, { said: 'Charge 4111 1111 1111 1111' })
    const secret = await keepContent(org.id, {
      tier: 'Internal',
      logging: 'restricted',
      said: 'password: Tr0ub4dor&3x',
    })
    await keepContent(org.id, { said: 'write to anna@example.com' })
    const { record } = await auditContent({ ctx: org.admin, input: {} })
    const found = record.violations.map(({ requestId, detector, location }) => `${requestId} ${detector} ${location}`)
    expect(found.sort()).toEqual(
      [
        `${card.id} card answer.0`,
        `${card.id} card messages.0.content`,
        `${secret.id} secret answer.0`,
        `${secret.id} secret messages.0.content`,
      ].sort(),
    )
    expect(JSON.stringify(record)).not.toMatch(/4111|Tr0ub4dor/)
  })

  test('finds what is kept longer than its tier allows, by more than the day that dropping may take', async () => {
    const org = await withContentLog()
    const old = await keepContent(org.id, { event: ago(40) })
    await keepContent(org.id, { event: ago(30) })
    const { record } = await auditContent({ ctx: org.admin, input: {} })
    expect(record.violations).toMatchObject([{ requestId: old.id, rule: 'overdue' }])
  })

  test('looks into every choice of an answer', async () => {
    const org = await withContentLog()
    const choices = ['nothing to see', 'Charge 4111 1111 1111 1111']
    const two = await keepContent(org.id, { said: 'two, please', choices })
    const { record } = await auditContent({ ctx: org.admin, input: {} })
    expect(record.violations).toMatchObject([{ requestId: two.id, detector: 'card', location: 'answer.1.0' }])
  })
})
