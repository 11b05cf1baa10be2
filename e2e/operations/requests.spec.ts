import { ownTeam } from '../admin/own-team.ts'
import { uniqueName } from '../developer/issue-key.ts'
import type { Api } from '../fixtures/api.ts'
import { expect, test } from '../fixtures/test.ts'
import { ADMINISTRATOR, DEVELOPER } from '../people.ts'

interface Key {
  id: string
  key: string
  name: string
}

async function issue(api: Api): Promise<Key> {
  return api.post<Key>('/keys', { name: uniqueName('explorer'), teamId: await ownTeam(api) })
}

test('a call and a refusal are found, and each shows its way through the gateway', async ({
  signInAs,
  api,
  request,
  gatewayUrl,
}) => {
  const key = await issue(api())
  const ask = async (model: string) => {
    const answer = await request.post(`${gatewayUrl}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${key.key}` },
      data: { model, messages: [{ role: 'user', content: 'Hello' }] },
    })
    return answer.status()
  }
  await expect.poll(() => ask('sandbox-gpt')).toBe(200)
  expect(await ask('no-such-model')).toBe(404)

  const page = await signInAs(ADMINISTRATOR)
  const rows = page.getByRole('table', { name: 'Requests' }).getByRole('row')
  await expect(async () => {
    await page.goto(`/operate/requests?key=${key.id}`)
    await expect(rows.filter({ hasText: 'no-such-model' })).toHaveCount(1, { timeout: 3_000 })
    await expect(rows.filter({ hasText: 'Answered' }).first()).toBeVisible()
  }).toPass()

  await rows.filter({ hasText: 'no-such-model' }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet).toContainText('Refused with status 404')
  await expect(sheet).toContainText('model_not_found')
  await sheet.getByRole('link', { name: "Open the request's page" }).click()
  await expect(page).toHaveURL(/\/operate\/requests\/[0-9a-f-]{36}$/)
  const stages = page.getByRole('list', { name: 'Stages in order' })
  await expect(stages.getByRole('listitem').first()).toContainText('Authenticate')
  await expect(stages).toContainText('Ended here: model_not_found')

  await page.goto(`/operate/requests?key=${key.id}&outcome=ok`)
  await expect(rows.filter({ hasText: 'sandbox-gpt' }).first()).toBeVisible()
  await expect(rows.filter({ hasText: 'no-such-model' })).toHaveCount(0)
  await rows.filter({ hasText: 'sandbox-gpt' }).first().click()
  await expect(page.getByRole('dialog')).toContainText('Attempt 1: HTTP 200')
})

test('filters are kept as a view of one’s own and forgotten again', async ({ signInAs }) => {
  const page = await signInAs(ADMINISTRATOR)
  const name = uniqueName('Refused')
  await page.goto('/operate/requests?outcome=refused&range=7d')
  await page.getByRole('button', { name: 'Save this view' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Save view' }).click()
  const views = page.getByRole('navigation', { name: 'Saved views' })
  await expect(views.getByRole('link', { name })).toHaveAttribute('aria-current', 'page')
  await views.getByRole('link', { name: 'Everything' }).click()
  await expect(page).toHaveURL(/\/operate\/requests$/)
  await views.getByRole('link', { name }).click()
  await page.getByRole('button', { name: `Forget ${name}` }).click()
  await expect(views.getByRole('link', { name })).toHaveCount(0)
})

test('a developer sees their own requests only, and the export has the filters of the list', async ({ signInAs }) => {
  const page = await signInAs(DEVELOPER)
  await page.goto('/operate/requests?range=90d')
  await expect(page.getByText('Your own requests.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Person' })).toHaveCount(0)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSV', exact: true }).click()
  const stream = await (await download).createReadStream()
  let text = ''
  for await (const chunk of stream) text += chunk
  const people = new Set(
    text
      .split('\r\n')
      .slice(1)
      .filter(Boolean)
      .map(line => /Tomás Herrera/.test(line)),
  )
  expect([...people]).toEqual([true])
})
