import OpenAI from 'openai'
import { issueKey, uniqueName } from '../developer/issue-key.ts'
import { expect, test } from '../fixtures/test.ts'
import { DEVELOPER, FINANCE, TEAM_LEAD } from '../people.ts'

test('team lead and finance see a developer’s call with its tokens and cost', async ({
  signInAs,
  gatewayUrl,
  context,
}) => {
  const developer = await signInAs(DEVELOPER)
  const name = uniqueName('seen-by-finance')
  const apiKey = await issueKey(developer, name)
  const client = new OpenAI({ baseURL: `${gatewayUrl}/v1`, apiKey })
  const answer = await client.chat.completions.create({
    model: 'sandbox-gpt',
    messages: [{ role: 'user', content: 'What did this cost?' }],
  })
  const tokens = answer.usage?.completion_tokens ?? 0
  await expect(developer.getByText('First call arrived')).toBeVisible()

  for (const person of [TEAM_LEAD, FINANCE]) {
    await context.clearCookies()
    const page = await signInAs(person)
    await page.goto('/build/usage?range=24h&by=key')
    const row = page.getByRole('table', { name: 'Usage by key' }).getByRole('row', { name })
    await expect(row).toBeVisible()
    await expect(row).toContainText(String(tokens))
    await expect(row).toContainText(/0\.\d{4}/)
    await row.getByRole('link', { name }).click()
    await expect(page).toHaveURL(/\/operate\/requests\?/)
    await expect(page.getByRole('main')).toContainText('sandbox-gpt')
  }
})
