import { uniqueName } from '../developer/issue-key.ts'
import type { Api } from '../fixtures/api.ts'
import { expect, test } from '../fixtures/test.ts'
import { DEVELOPER, LEGAL } from '../people.ts'

const WRITER = 'amina.khalil@northwind.example'
const SPONSOR = 'elin.soderstrom@northwind.example'
const ENGINEER = 'mei.lin.tan@northwind.example'

test('a policy is written, reviewed by Legal, ratified by the sponsor and acknowledged, and coverage rises', async ({
  signInAs,
  api,
  gatewayUrl,
}) => {
  test.slow()
  const name = uniqueName('Travel')
  const writer = await signInAs(WRITER)
  await writer.goto('/govern/policies/new')
  await writer.getByRole('radio', { name: /Custom policy/ }).check()
  await writer.getByRole('textbox', { name: 'Name' }).fill(name)
  await writer.getByRole('button', { name: 'Begin with the template' }).click()
  const text = writer.getByRole('textbox', { name: 'Text in Markdown' })
  await expect(text).toHaveValue(/No request is sent to a model without a key/)
  const id = writer.url().split('/').at(-2) ?? ''
  await text.fill('## Rules\n\n- **R1** Use it responsibly.\n')
  await expect(writer.getByText('“responsibly” in R1')).toBeVisible()
  await expect(writer.getByRole('button', { name: 'Put before Legal' })).toBeDisabled()
  const rules =
    '- **R1** No itinerary of a customer is sent to a model outside the EU.\n- **R2** Bookings wait for a person.\n'
  const scope = 'This policy holds for everybody who plans journeys with a model, at home and on the road alike.'
  const filler = Array.from({ length: 60 }, (_, line) => `- **T${line + 1}** Rule number ${line + 1} of the road.\n`)
  await text.fill(`# ${name}\n\n## Scope\n\n${scope}\n\n## Rules\n\n${rules}${filler.join('')}`)
  await expect(writer.getByText('The draft is complete')).toBeVisible()
  await writer.getByRole('textbox', { name: 'What is new, and why' }).fill('Journeys are planned with models now')
  await expect(writer.getByText('Saved', { exact: true })).toBeVisible()
  await writer.getByRole('button', { name: 'Put before Legal' }).click()
  await expect(writer.getByRole('heading', { level: 1 })).toHaveText(`${name} waits for Legal`)
  await writer.context().clearCookies()

  const legal = await signInAs(LEGAL)
  await legal.goto(`/govern/policies/${id}`)
  await legal.getByRole('link', { name: 'Open the decision' }).click()
  await legal.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(legal.getByText(/Approved by Lucía Fernández/).first()).toBeVisible()
  const teams = await api().get<{ data: { id: string; name: string }[] }>('/teams')
  const team = teams.data.find(one => one.name === 'Support assistants')
  const own = await teamWith(api(), ENGINEER)
  await api().post(`/policies/${id}/circulate`, { everyone: false, teamIds: [team?.id, own] })
  await legal.context().clearCookies()

  const sponsor = await signInAs(SPONSOR)
  await sponsor.goto(`/govern/policies/${id}`)
  await sponsor.getByRole('link', { name: 'Open the decision' }).click()
  await sponsor.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(sponsor.getByText(/Approved by Elin Söderström/).first()).toBeVisible()
  await sponsor.context().clearCookies()

  const developer = await signInAs(DEVELOPER)
  await developer.goto(`/govern/policies/${id}`)
  const button = developer.getByRole('button', { name: 'I have read it and will keep to it' })
  await expect(button).toBeDisabled()
  await developer.keyboard.press('End')
  await expect(button).toBeEnabled()
  await button.press('Enter')
  await expect(developer.getByText('You have acknowledged this policy.')).toBeVisible()
  await developer.context().clearCookies()

  const reader = await signInAs(LEGAL)
  await reader.goto(`/govern/policies/${id}?tab=coverage`)
  const table = reader.getByRole('table', { name: 'Acknowledgements by person' })
  await expect(table.getByRole('row').filter({ hasText: 'Tomás Herrera' })).toContainText('Acknowledged')
  await expect(table.getByRole('row').filter({ hasText: 'Priya Raman' })).toContainText('Still to do')
  await expect(reader.getByRole('heading', { level: 1 })).toContainText('people have acknowledged it')
  await reader.context().clearCookies()

  await api().put(`/policies/${id}/requirement`, { scope: 'teams', teamIds: [own], graceDays: 0 })
  const engineer = await signInAs(ENGINEER)
  await expect(engineer.getByRole('link', { name: `Read and acknowledge ${name}` })).toBeVisible()
  await engineer.goto(`/build/keys/new?team=${own}`)
  await engineer.getByRole('textbox', { name: 'Name' }).fill(name)
  await expect(engineer.getByText('Keys of this team need your acknowledgement')).toBeVisible()
  await engineer.getByRole('button', { name: `Read ${name}` }).click()
  const reading = engineer.getByRole('dialog', { name })
  await reading.getByText('Rule number 60 of the road').scrollIntoViewIfNeeded()
  const agree = reading.getByRole('button', { name: 'I have read it and will keep to it' })
  await expect(agree).toBeEnabled()
  await agree.click()
  await expect(engineer.getByText('Keys of this team need your acknowledgement')).toHaveCount(0)
  await expect(engineer.getByRole('textbox', { name: 'Name' })).toHaveValue(name)
  await engineer.getByRole('button', { name: 'Issue key' }).click()
  const key = engineer.getByRole('status', { name: 'The new key' })
  await expect(key).toHaveText(/^gh_live_/)
  const statusOf = async () => {
    const headers = { authorization: `Bearer ${await key.textContent()}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ model: 'sandbox-gpt', messages: [{ role: 'user', content: 'Hello' }] })
    return (await fetch(`${gatewayUrl}/v1/chat/completions`, { method: 'POST', headers, body })).status
  }
  await expect.poll(statusOf).toBe(200)
  await api().post(`/policies/${id}/archive`, { reason: 'The test is over' })
})

/** The id of a team of this test's own that somebody is in: what its keys need concerns nobody else. */
async function teamWith(api: Api, email: string): Promise<string> {
  const { id } = await api.post<{ id: string }>('/teams', { name: uniqueName('Travellers') })
  const { data } = await api.get<{ data: { id: string }[] }>(`/people?search=${email}`)
  await api.put(`/teams/${id}/members/${data[0]?.id}`, { kind: 'member' })
  return id
}
