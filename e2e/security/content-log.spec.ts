import { uniqueName } from '../developer/issue-key.ts'
import type { Api } from '../fixtures/api.ts'
import { expect, test } from '../fixtures/test.ts'

interface Person {
  email: string
  roles: string[]
}

test('the content of a restricted tier is read with a reason, and the read is on record', async ({
  page,
  signInAs,
  api,
  gatewayUrl,
}) => {
  const teams = await api().get<{ data: { id: string }[] }>('/teams')
  const name = uniqueName('content')
  const key = await api().post<{ key: string }>('/keys', { name, teamId: teams.data[0]?.id })
  const ask = async (tier: string, content: string) => {
    const answer = await fetch(`${gatewayUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key.key}`,
        'content-type': 'application/json',
        'x-gatehouse-data-class': tier,
      },
      body: JSON.stringify({ model: 'sandbox-gpt', messages: [{ role: 'user', content }] }),
    })
    return answer.ok ? (answer.headers.get('x-request-id') ?? '') : ''
  }
  // A new key reaches the gateway a moment after it is issued.
  await expect.poll(() => ask('Public', 'hello')).not.toBe('')
  const asked = `What is planned for ${name}?`
  const id = await ask('Internal', asked)
  const listed = async () => (await api().get<{ data: unknown[] }>(`/content-log?search=${id}`)).data.length
  await expect.poll(listed).toBe(1)

  await signInAs(await holderOf(api(), 'security'))
  await page.goto(`/operate/requests/${id}`)
  await expect(page.getByRole('main')).not.toContainText(asked)
  const read = page.getByRole('button', { name: 'Read the content' })
  await expect(read).toBeDisabled()
  const reason = `Somebody asked about ${name}`
  await page.getByRole('textbox', { name: 'Reason' }).fill(reason)
  await read.click()
  const conversation = page.getByRole('list', { name: 'Conversation' })
  await expect(conversation.getByRole('listitem').first()).toContainText(asked)
  await expect(conversation.getByRole('listitem').last()).toContainText('Answer')

  await page.goto('/security/content-log')
  const reads = page.getByRole('table', { name: 'Reads of content' }).getByRole('row')
  await expect(reads.filter({ hasText: reason })).toHaveCount(1)
  await page.getByRole('button', { name: 'Audit now' }).click()
  await expect(page.getByText(/^Audited: /).first()).toBeVisible()
})

/** A request of the last days that a team's call was answered with. */
async function answered(api: Api, team: string): Promise<string> {
  const { data: teams } = await api.get<{ data: { id: string; name: string }[] }>('/teams?limit=200')
  const teamId = teams.find(one => one.name === team)?.id
  const from = new Date(Date.now() - 7 * 86_400_000).toISOString()
  const { data } = await api.get<{ data: { id: string }[] }>(
    `/requests?limit=1&outcome=ok&from=${from}&teamId=${teamId}`,
  )
  return data[0]?.id ?? ''
}

async function holderOf(api: Api, role: string): Promise<string> {
  const { data } = await api.get<{ data: Person[] }>('/people?limit=200')
  return data.find(person => person.roles.includes(role))?.email ?? ''
}

test('a request of a metadata-only tier says why there is nothing to read', async ({ page, signInAs, api }) => {
  await signInAs(await holderOf(api(), 'security'))
  await page.goto(`/operate/requests/${await answered(api(), 'Payables')}`)
  await expect(page.getByText('keeps metadata only')).toBeVisible()
})

test('who may not read is told who may', async ({ page, signInAs, api }) => {
  await signInAs(await holderOf(api(), 'operations'))
  await page.goto(`/operate/requests/${await answered(api(), 'Support assistants')}`)
  await expect(page.getByText('not for your roles to read')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Read the content' })).toHaveCount(0)
  await page.goto('/security/content-log')
  await expect(page.getByRole('heading', { name: 'Your roles do not include this page' })).toBeVisible()
})
