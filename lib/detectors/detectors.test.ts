import { beforeAll, describe, expect, test } from 'vitest'
import { listDlpEvents } from '#lib/dlp-events/queries.ts'
import { detectorRates } from '#lib/dlp-events/rates.ts'
import { ListDlpEventsQuery } from '#lib/dlp-events/schema.ts'
import { databases } from '#lib/platform/database.ts'
import { createTier } from '#lib/tiers/create-tier.ts'
import { listTiers } from '#lib/tiers/queries.ts'
import { updateTier } from '#lib/tiers/update-tier.ts'
import { makeOrganization, type TestOrganization } from '#test/organization.ts'
import { makeRequestEvent, recordRequestEvents } from '#test/request-events.ts'
import { createDetector } from './create-detector.ts'
import { deleteDetector } from './delete-detector.ts'
import { installGuardrails } from './install-guardrails.ts'
import { listDetectors } from './queries.ts'
import { testDetectors } from './test-detectors.ts'
import { updateDetector } from './update-detector.ts'

let here: TestOrganization
let elsewhere: TestOrganization

beforeAll(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  await installGuardrails({ ctx: here.admin, input: {} })
})

const ruleOf = async (detector: string) => {
  const rule = (await listDetectors(here.admin)).find(one => one.detector === detector)
  if (!rule) throw new Error(`no rule for ${detector}`)
  return rule
}
const published = (kind: string, id: string) => databases().system.gatewayConfig.findFirst({ where: { kind, id } })

test('a new organization has tiers and a rule for every detector, published', async () => {
  const tiers = await listTiers(here.admin)
  expect(tiers.map(tier => tier.name)).toEqual(['Public', 'Internal', 'Restricted'])
  const rules = await listDetectors(here.admin)
  expect(rules).toHaveLength(13)
  for (const rule of rules)
    expect((await published('guardrail', rule.id))?.doc).toMatchObject({ detector: rule.detector })
  await expect(installGuardrails({ ctx: here.admin, input: {} })).rejects.toMatchObject({ kind: 'conflict' })
})

describe('rules', () => {
  test('a change is published and audited, and keeps what it does not name', async () => {
    const { id } = await ruleOf('email')
    const changed = await updateDetector({
      ctx: here.admin,
      input: { id, actions: { Internal: 'mask' }, shadow: true },
    })
    expect(changed).toMatchObject({ shadow: true, actions: { Public: 'log', Internal: 'mask', Restricted: 'log' } })
    expect((await published('guardrail', id))?.doc).toMatchObject({ shadow: true, actions: { Internal: 'mask' } })
    const entry = await databases().system.auditEntry.findFirstOrThrow({
      where: { subjectId: id },
      orderBy: { sequence: 'desc' },
    })
    expect(entry).toMatchObject({ action: 'guardrail.updated', subjectName: 'E-mail addresses' })
  })

  test('a tier that is none is refused by its name', async () => {
    const { id } = await ruleOf('phone')
    const attempt = updateDetector({ ctx: here.admin, input: { id, actions: { Secret: 'block' } } })
    await expect(attempt).rejects.toMatchObject({
      fields: [{ field: 'actions', message: expect.stringContaining('Secret') }],
    })
  })

  test('a new tier gets the actions of the one below', async () => {
    const org = await makeOrganization()
    await installGuardrails({ ctx: org.admin, input: {} })
    await createTier({ ctx: org.admin, input: { name: 'Secret', rank: 30 } })
    const secret = (await listDetectors(org.admin)).find(rule => rule.detector === 'secret')
    expect(secret?.actions).toMatchObject({ Restricted: 'block', Secret: 'block' })
    await expect(createTier({ ctx: org.admin, input: { name: 'secret', rank: 40 } })).rejects.toMatchObject({
      kind: 'conflict',
    })
  })
})

describe('the test bench', () => {
  test('shows places and what would happen', async () => {
    const text = 'Pay 4111 1111 1111 1111 now'
    const result = await testDetectors({ ctx: here.admin, input: { text } })
    expect(result).toMatchObject({ outcome: 'passed', declaredTier: 'Public', tier: 'Restricted', masked: null })
    expect(result.findings.map(({ start, end }) => text.slice(start, end))).toEqual(['4111 1111 1111 1111'])
    const secret = await testDetectors({ ctx: here.admin, input: { text: 'password: Tr0ub4dor&3x' } })
    expect(secret).toMatchObject({ outcome: 'blocked', masked: null })
  })

  test('gives the text that goes on only where something is masked in it', async () => {
    const inspect = (text: string) => testDetectors({ ctx: org.admin, input: { text, tier: 'restricted' } })
    const org = await makeOrganization()
    await installGuardrails({ ctx: org.admin, input: {} })
    const email = (await listDetectors(org.admin)).find(rule => rule.detector === 'email')
    await updateDetector({ ctx: org.admin, input: { id: email?.id, shadow: false, actions: { Restricted: 'mask' } } })
    const masked = await inspect('Mail anna.lovelace@example.com')
    expect(masked).toMatchObject({ outcome: 'masked', masked: 'Mail [EMAIL]' })
    expect(await inspect('Mail nobody')).toMatchObject({ outcome: 'passed', masked: null })
    const blocked = await inspect('Mail anna.lovelace@example.com, password: Tr0ub4dor&3x')
    expect(blocked).toMatchObject({ outcome: 'blocked', masked: null })
    expect(blocked.findings.find(({ detector }) => detector === 'email')).toMatchObject({ action: 'log' })
  })

  test('keeps the text nowhere', async () => {
    const text = 'a text that is kept nowhere, 4111 1111 1111 1111'
    await testDetectors({ ctx: here.admin, input: { text } })
    const entries = await databases().system.auditEntry.findMany({ where: { organizationId: here.id } })
    expect(JSON.stringify(entries, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      text,
    )
  })
})

describe('patterns of the organization', () => {
  test('begin in shadow, are found, and go', async () => {
    const pattern = { form: 'template', templates: ['CUST-######'] }
    const made = await createDetector({ ctx: here.admin, input: { name: 'Customer number', pattern } })
    expect(made).toMatchObject({ detector: 'pattern:customer-number', shadow: true, pattern: 'CUST-######' })
    const result = await testDetectors({ ctx: here.admin, input: { text: 'CUST-123456' } })
    expect(result.findings).toMatchObject([{ name: 'Customer number', shadow: true }])
    await deleteDetector({ ctx: here.admin, input: { id: made.id } })
    expect(await published('guardrail', made.id)).toMatchObject({ deleted: true })
    const secret = await ruleOf('secret')
    await expect(deleteDetector({ ctx: here.admin, input: { id: secret.id } })).rejects.toMatchObject({
      kind: 'conflict',
    })
  })

  test('keep their name for what they found when they are gone, and leave it to no other', async () => {
    const ctx = here.admin
    const pattern = { form: 'template', templates: ['PART-######'] }
    const made = await createDetector({ ctx, input: { name: 'Part number', pattern } })
    const found = { detector: made.detector, kind: 'template', location: 'messages.0.content' }
    const { detail, ...event } = makeRequestEvent(here.id)
    const findings = [{ ...found, action: 'log' as const, shadow: true, count: 1 }]
    await recordRequestEvents([{ ...event, detail: { ...detail, findings } }])
    const shown = async () => {
      const { data } = await listDlpEvents(ctx, ListDlpEventsQuery.parse({ detector: made.detector }))
      return [data.map(({ name }) => name), (await detectorRates(ctx, 7)).map(({ name }) => name)]
    }
    await deleteDetector({ ctx, input: { id: made.id } })
    expect(await shown()).toEqual([['Part number'], ['Part number']])
    const next = await createDetector({ ctx, input: { name: 'Part Number', pattern } })
    expect(next.detector).toBe('pattern:part-number-2')
    expect(await shown()).toEqual([['Part number'], ['Part number']])
  })

  test('a dictionary is stored without its entries', async () => {
    const pattern = { form: 'dictionary', entries: ['Project Falcon'] }
    const made = await createDetector({ ctx: here.admin, input: { name: 'Code names', pattern } })
    const rows = await databases().system.detectorPattern.findMany({ where: { organizationId: here.id } })
    expect(JSON.stringify(rows)).not.toMatch(/falcon/i)
    expect(made.pattern).toBe('1 entries, kept as keyed hashes')
  })
})

describe('who may', () => {
  test('a developer neither sees nor changes guardrails', async () => {
    const developer = await here.person(['developer'])
    const { id } = await ruleOf('card')
    expect(() => listDetectors(developer)).toThrow(/guardrails.read/)
    expect(() => listTiers(developer)).toThrow(/guardrails.read/)
    const denied = { kind: 'permission_denied' }
    await expect(updateDetector({ ctx: developer, input: { id, shadow: true } })).rejects.toMatchObject(denied)
    await expect(testDetectors({ ctx: developer, input: { text: 'x' } })).rejects.toMatchObject(denied)
    await expect(createTier({ ctx: developer, input: { name: 'x', rank: 1 } })).rejects.toMatchObject(denied)
    const auditor = await here.person(['auditor'])
    expect((await listDetectors(auditor)).length).toBeGreaterThan(0)
    await expect(updateDetector({ ctx: auditor, input: { id, shadow: true } })).rejects.toMatchObject(denied)
  })

  test('another organization sees and changes nothing', async () => {
    const { id } = await ruleOf('card')
    const [tier] = await listTiers(here.admin)
    expect(await listDetectors(elsewhere.admin)).toEqual([])
    expect(await listTiers(elsewhere.admin)).toEqual([])
    const missing = { kind: 'not_found' }
    await expect(updateDetector({ ctx: elsewhere.admin, input: { id, shadow: true } })).rejects.toMatchObject(missing)
    await expect(updateTier({ ctx: elsewhere.admin, input: { id: tier?.id, cacheable: false } })).rejects.toMatchObject(
      missing,
    )
    expect(await databases().app.guardrail.findMany()).toEqual([])
  })
})
