import { uniqueName } from '../developer/issue-key.ts'
import { expect, test } from '../fixtures/test.ts'

const DEVELOPER = 'tomas.herrera@northwind.example'
const APPROVER = 'noor.de.vries@northwind.example'
const SECURITY = 'amina.khalil@northwind.example'

test('a developer asks, an approver approves, the call passes, Security revokes, the call is refused', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}) => {
  test.slow()
  const identifier = uniqueName('trial')
  const providers = await api().get<{ data: { id: string; kind: string }[] }>('/providers')
  const sandbox = providers.data.find(({ kind }) => kind === 'sandbox')
  const model = { providerId: sandbox?.id, identifier, upstreamModel: 'sandbox-gpt', dialects: ['chat'] }
  await api().post('/models', { ...model, lifecycle: 'proposed', tiers: ['Public', 'Internal'] })
  const teams = await api().get<{ data: { id: string; slug: string }[] }>('/teams')
  const support = teams.data.find(({ slug }) => slug === 'support')
  const issued = await api().post<{ key: string }>('/keys', { name: uniqueName('exempt'), teamId: support?.id })
  const call = async () => {
    const headers = { authorization: `Bearer ${issued.key}` }
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
  await approver.getByRole('button', { name: 'Approve', exact: true }).first().click()
  await expect(approver.getByText('Approved by Noor de Vries.').first()).toBeVisible()
  await expect.poll(call, { timeout: 30_000 }).toBe(200)
  await approver.context().clearCookies()

  const security = await signInAs(SECURITY)
  await security.goto(address)
  await expect(security.getByRole('heading', { level: 1 })).toContainText('in force')
  await security.getByRole('button', { name: 'Revoke' }).click()
  const dialog = security.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The trial is over')
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(security.getByRole('heading', { level: 1 })).toContainText('revoked')
  await expect.poll(call, { timeout: 30_000 }).toBe(403)
})
