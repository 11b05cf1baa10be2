import { uniqueName } from '../developer/issue-key.ts'
import type { Api } from '../fixtures/api.ts'
import { decideAndMeasure, noteEnforced } from '../fixtures/enforcement.ts'
import { expect, test } from '../fixtures/test.ts'

const DEVELOPER = 'tomas.herrera@northwind.example'
const APPROVER = 'noor.de.vries@northwind.example'
const SECURITY = 'amina.khalil@northwind.example'

test('a developer asks, an approver approves, the call passes, Security revokes, the call is refused', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}, info) => {
  test.slow()
  const { identifier, key } = await proposeModel(api())
  const call = async () => {
    const headers = { authorization: `Bearer ${key}` }
    const data = { model: identifier, messages: [{ role: 'user', content: 'Say hello' }], max_tokens: 10 }
    return (await request.post(`${gatewayUrl}/v1/chat/completions`, { headers, data })).status()
  }
  await expect.poll(call, { timeout: 30_000 }).toBe(403)

  const developer = await signInAs(DEVELOPER)
  await developer.goto('/govern/exemptions/new')
  await developer.getByRole('textbox', { name: 'Title' }).fill(identifier)
  await developer.getByRole('combobox', { name: 'Models' }).fill(identifier)
  await developer.getByRole('option', { name: new RegExp(identifier) }).click()
  await developer.keyboard.press('Tab')
  await developer.getByRole('textbox', { name: 'Why it is needed' }).fill('Nothing else answers in this language')
  await developer.getByRole('textbox', { name: 'Risk assessment' }).fill('Only made-up texts are sent')
  const ends = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
  await developer.getByLabel('Until the end of').fill(ends)
  await developer.getByRole('button', { name: 'Ask for it' }).click()
  await expect(developer.getByRole('heading', { level: 1 })).toContainText('waits for a decision')
  const address = new URL(developer.url()).pathname
  expect(await call()).toBe(403)
  await developer.context().clearCookies()

  const approver = await signInAs(APPROVER)
  await approver.goto(address)
  await approver.getByRole('link', { name: 'See the request', exact: true }).click()
  await decideAndMeasure(info, approver, 'exemption granted', {
    click: () => approver.getByRole('button', { name: 'Approve', exact: true }).first().click(),
    binds: async () => (await call()) === 200,
  })
  await expect(approver.getByText('Approved by Noor de Vries.').first()).toBeVisible()
  await approver.context().clearCookies()

  const security = await signInAs(SECURITY)
  await security.goto(address)
  await expect(security.getByRole('heading', { level: 1 })).toContainText('in force')
  await security.getByRole('button', { name: 'Revoke' }).click()
  const dialog = security.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The trial is over')
  await decideAndMeasure(info, security, 'exemption revoked', {
    click: () => dialog.getByRole('button', { name: 'Revoke' }).click(),
    binds: async () => (await call()) === 403,
  })
  await expect(security.getByRole('heading', { level: 1 })).toContainText('revoked')
})

test('an exemption that is approved in the browser stops binding at the second of its end', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}, info) => {
  const { identifier, key, modelId, teamId } = await proposeModel(api())
  const call = async () => {
    const headers = { authorization: `Bearer ${key}` }
    const data = { model: identifier, messages: [{ role: 'user', content: 'Say hello' }], max_tokens: 10 }
    return (await request.post(`${gatewayUrl}/v1/chat/completions`, { headers, data })).status()
  }
  const people = await api().get<{ data: { id: string }[] }>(`/people?search=${DEVELOPER}`)
  const approver = await signInAs(APPROVER)
  await approver.goto('/approvals')
  // The form gives whole days; so short a life is asked for over the API.
  const endsAt = new Date(Date.now() + 20_000).toISOString()
  const asked = await api().post<{ approvalId: string }>('/exemptions', {
    ...{ title: identifier, kind: 'model', subject: { kind: 'team', target: teamId }, modelIds: [modelId], endsAt },
    ...{ justification: 'Until the end of the trial', ownerId: people.data[0]?.id },
    risk: { method: 'qualitative', rating: 'low', text: 'Only made-up texts are sent' },
  })
  await approver.goto(`/approvals/${asked.approvalId}`)
  await decideAndMeasure(info, approver, 'short exemption granted', {
    click: () => approver.getByRole('button', { name: 'Approve', exact: true }).first().click(),
    binds: async () => (await call()) === 200,
  })
  let last = 0
  await expect
    .poll(
      async () => {
        const sent = Date.now()
        const status = await call()
        if (status === 200) last = sent
        return status
      },
      { timeout: 40_000, intervals: [10] },
    )
    .toBe(403)
  noteEnforced(info, 'exemption expired', Date.now() - Date.parse(endsAt))
  expect(last).toBeLessThan(Date.parse(endsAt))
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(endsAt))
})

/** A model that nobody may call yet, and a key of the support team. */
async function proposeModel(api: Api): Promise<{ identifier: string; modelId: string; teamId: string; key: string }> {
  const identifier = uniqueName('trial')
  const providers = await api.get<{ data: { id: string; kind: string }[] }>('/providers')
  const sandbox = providers.data.find(({ kind }) => kind === 'sandbox')
  const model = { providerId: sandbox?.id, identifier, upstreamModel: 'sandbox-gpt', dialects: ['chat'] }
  const terms = { lifecycle: 'proposed', tiers: ['Public', 'Internal'] }
  const { id: modelId } = await api.post<{ id: string }>('/models', { ...model, ...terms })
  const teams = await api.get<{ data: { id: string; slug: string }[] }>('/teams')
  const teamId = teams.data.find(({ slug }) => slug === 'support')?.id ?? ''
  const { key } = await api.post<{ key: string }>('/keys', { name: identifier, teamId })
  return { identifier, modelId, teamId, key }
}
