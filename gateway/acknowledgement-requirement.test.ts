import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConfigDocumentInput } from '#core/contracts/config-documents.ts'
import { newId } from '#core/ids.ts'
import { acknowledgePolicy } from '#lib/acknowledgements/acknowledge-policy.ts'
import { issueKey } from '#lib/keys/issue-key.ts'
import { publishConfigNow, withdrawConfigNow } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import type { PolicyDetailDto } from '#lib/policies/schema.ts'
import { setRequirement } from '#lib/policies/set-requirement.ts'
import { removeMember } from '#lib/teams/remove-member.ts'
import { until } from '#test/gateway.ts'
import { eventOf, type GovernedSuite, postJson, startGovernedSuite } from '#test/governed-suite.ts'
import { changeDraft, type PolicyPeople, policyPeople, ratifiedPolicy, ratifyDraft } from '#test/ratified-policy.ts'

let suite: GovernedSuite
let people: PolicyPeople
let policy: PolicyDetailDto
let holder: Context

beforeAll(async () => {
  suite = await startGovernedSuite()
  people = await policyPeople(suite.org)
  holder = await suite.org.person(['developer'])
  policy = await ratifiedPolicy(people, 'Acceptable use')
})
afterAll(() => suite?.stop())

const hello = { model: 'sandbox-gpt', messages: [{ role: 'user', content: 'hi' }] }
const call = (key: string) => postJson(`${suite.gateway.url}/v1/chat/completions`, key, hello)
const require = (input: object) =>
  setRequirement({ ctx: people.writer, input: { id: policy.id, graceDays: 0, ...input } })

/** Calls until the answer has a status, and gives it with what it took, in milliseconds. */
async function answered(status: number, key: string): Promise<{ answer: Response; ms: number }> {
  const started = performance.now()
  const answer = await until(`status ${status}`, async () => {
    const one = await call(key)
    if (one.status === status) return one
    await one.arrayBuffer()
    return null
  })
  return { answer, ms: performance.now() - started }
}

async function errorOf(answer: Response): Promise<{ code: string; message: string }> {
  return ((await answer.json()) as { error: { code: string; message: string } }).error
}

async function acknowledge(ctx: Context, { asked }: PolicyDetailDto): Promise<void> {
  const input = { policyId: policy.id, versionId: asked?.id, sha256: asked?.sha256, readToEnd: true }
  await acknowledgePolicy({ ctx, input })
}

const keyOf = async (ctx: Context) => (await issueKey({ ctx, input: { name: newId(), teamId: suite.org.teamId } })).key

test('a key is refused until its holder has acknowledged, and goes through again after it', async () => {
  const key = await keyOf(holder)
  await answered(200, key)
  await require({ scope: 'everyone' })
  const { answer } = await answered(403, key)
  expect(await eventOf(answer)).toMatchObject({ outcome: 'refused', errorCode: 'acknowledgement_required' })
  const { code, message } = await errorOf(answer)
  expect(code).toBe('acknowledgement_required')
  expect(message).toContain(`/govern/policies/${policy.id}`)
  const models = await fetch(`${suite.gateway.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
  expect(models.status).toBe(403)
  await acknowledge(holder, policy)
  const { ms } = await answered(200, key)
  process.stdout.write(`acknowledged, and in force at the gateway after ${Math.round(ms)} ms\n`)
})

test('a new version asks again, an editorial one does not, and switching it off lets everybody through', async () => {
  const key = await keyOf(holder)
  await answered(200, key)
  await changeDraft(people.writer, policy.id, 'A comma is moved.')
  await ratifyDraft(people, policy.id, { editorial: true })
  await suite.gateway.admin('POST', '/sync')
  expect((await call(key)).status).toBe(200)
  await changeDraft(people.writer, policy.id, '- **X1** One more rule.')
  policy = await ratifyDraft(people, policy.id)
  await answered(403, key)
  await require({ scope: 'off' })
  await answered(200, key)
})

test('not before the days of grace are over, and only for the teams that were named', async () => {
  const key = await keyOf(holder)
  await require({ scope: 'everyone', graceDays: 3 })
  await suite.gateway.admin('POST', '/sync')
  expect((await call(key)).status).toBe(200)
  await require({ scope: 'teams', teamIds: [suite.org.teamId] })
  await answered(403, key)
  await require({ scope: 'off' })
  await answered(200, key)
})

test('a key of nobody goes by the leads of its team', async () => {
  const token = suite.org.serviceToken(['keys.issue'])
  const { key } = await issueKey({ ctx: token, input: { name: 'service', teamId: suite.org.teamId } })
  await require({ scope: 'everyone' })
  const { answer } = await answered(403, key)
  expect((await errorOf(answer)).message).toContain('a lead of the team Platform')
  const lead = await suite.org.person(['team_lead'], { lead: true })
  await acknowledge(lead, policy)
  await require({ scope: 'everyone' })
  await answered(200, key)
  await removeMember({ ctx: suite.org.admin, input: { teamId: suite.org.teamId, personId: lead.actor.id } })
  await answered(403, key)
  await require({ scope: 'off' })
  await answered(200, key)
})

test('what cannot be read lets nothing through', async () => {
  const key = await keyOf(holder)
  await acknowledge(holder, policy)
  await require({ scope: 'everyone' })
  await answered(200, key)
  const { system } = databases()
  const where = { organizationId: suite.org.id, kind: 'policy', id: policy.id }
  const { doc } = await system.gatewayConfig.findFirstOrThrow({ where })
  const publish = (document: unknown) =>
    system.$transaction(
      tx => tx.$queryRaw`
        select publish_config(${suite.org.id}::uuid, 'policy', ${policy.id}::uuid, ${JSON.stringify(document)}::jsonb, false)::text`,
    )
  await publish({ ...(doc as object), number: 'three' })
  const { answer } = await answered(503, key)
  expect((await errorOf(answer)).code).toBe('policy_unavailable')
  await publish(doc)
  await answered(200, key)
  const person = holder.actor.id ?? ''
  await system.$transaction(tx => withdrawConfigNow(tx, suite.org.admin, 'acknowledgement', person))
  await answered(403, key)
  const versions: ConfigDocumentInput<'acknowledgement'> = { versions: { [policy.id]: policy.inForce?.number ?? 0 } }
  await system.$transaction(tx => publishConfigNow(tx, suite.org.admin, 'acknowledgement', person, versions))
  await answered(200, key)
})
