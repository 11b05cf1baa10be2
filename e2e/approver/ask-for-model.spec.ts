import { ownTeam } from '../admin/own-team.ts'
import { uniqueName } from '../developer/issue-key.ts'
import { decideAndMeasure } from '../fixtures/enforcement.ts'
import { expect, test } from '../fixtures/test.ts'

const DEVELOPER = 'tomas.herrera@northwind.example'
const APPROVER = 'noor.de.vries@northwind.example'

test('a developer asks for a model, an approver grants it on a phone, the call works', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}, info) => {
  const name = uniqueName('asked')
  const developer = await signInAs(DEVELOPER)
  await developer.goto('/govern/catalog/requests/new')
  await developer.getByRole('textbox', { name: 'Model' }).fill('sandbox-gpt')
  await expect(developer.getByText('The catalog may have what you need')).toBeVisible()
  await developer.getByRole('textbox', { name: 'Model' }).fill(name)
  await developer.getByRole('combobox', { name: 'Provider' }).click()
  await developer.getByRole('option', { name: 'Sandbox', exact: true }).click()
  await developer.getByRole('textbox', { name: 'Upstream name' }).fill('sandbox-gpt')
  await developer.getByRole('textbox', { name: 'What it is for' }).fill('Tickets are sorted by what they ask')
  await developer.getByRole('textbox', { name: 'What you considered instead' }).fill('sandbox-claude, which is slower')
  await developer.getByRole('textbox', { name: 'Only for use cases' }).fill('triage')
  await developer.getByRole('button', { name: 'Ask for it' }).click()
  await expect(developer.getByRole('heading', { level: 1 })).toHaveText(`Tomás Herrera asks for ${name}`)
  const page = developer.url()
  await developer.context().clearCookies()

  const team = await ownTeam(api())
  const { key } = await api().post<{ key: string }>('/keys', { name, teamId: team })
  const call = async (headers: Record<string, string>) => {
    const data = { model: name, messages: [{ role: 'user', content: 'hello' }] }
    const authorization = `Bearer ${key}`
    const answer = await request.post(`${gatewayUrl}/v1/chat/completions`, {
      data,
      headers: { authorization, ...headers },
    })
    return answer.status()
  }
  const triage = { 'x-gatehouse-use-case': 'triage' }
  await expect.poll(() => call(triage)).toBe(404)

  const approver = await signInAs(APPROVER)
  await approver.setViewportSize({ width: 390, height: 844 })
  await approver.goto('/approvals')
  await approver.getByRole('link', { name: new RegExp(name) }).click()
  const detail = approver.getByRole('article', { name: new RegExp(name) })
  await expect(detail.getByText('sandbox-claude, which is slower')).toBeVisible()
  await decideAndMeasure(info, approver, 'model approved', {
    click: () => detail.getByRole('button', { name: 'Approve', exact: true }).click(),
    binds: async () => (await call(triage)) === 200,
  })
  await expect(approver.getByText('Approved by Noor de Vries.').first()).toBeVisible()
  expect(await call({})).toBe(403)
  await approver.context().clearCookies()

  const asker = await signInAs(DEVELOPER)
  await asker.goto(page)
  await expect(asker.getByRole('heading', { level: 1 })).toHaveText(`${name} is in the catalog`)
  await asker.getByRole('link', { name: 'Open the model' }).click()
  await expect(asker.getByText('x-gatehouse-use-case: triage')).toBeVisible()
})
