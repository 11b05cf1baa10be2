import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { expect, test } from '../fixtures/test.ts'
import { DEVELOPER } from '../people.ts'
import { issueKey, uniqueName } from './issue-key.ts'

test('a developer issues a key, both SDKs call through it, and the page and Usage show it', async ({
  signInAs,
  gatewayUrl,
  context,
}) => {
  const page = await signInAs(DEVELOPER)
  const name = uniqueName('first-call')
  const key = await issueKey(page, name)
  await expect(page.getByText('Waiting for the first call')).toBeVisible()

  const usage = await context.newPage()
  const live = usage.waitForResponse(response => response.url().endsWith('/api/events'))
  await usage.goto('/build/usage?scope=mine&range=24h&by=key')
  const row = usage.getByRole('table', { name: 'Usage by key' }).getByRole('row', { name })
  await expect(row).toHaveCount(0)
  await live

  const openai = new OpenAI({ baseURL: `${gatewayUrl}/v1`, apiKey: key })
  const chat = await openai.chat.completions.create({
    model: 'sandbox-gpt',
    messages: [{ role: 'user', content: 'Say hello' }],
  })
  expect(chat.choices[0]?.message.content).toBeTruthy()
  await expect(row).toHaveCount(1, { timeout: 15_000 })
  await expect(page.getByText('First call arrived')).toBeVisible()

  const anthropic = new Anthropic({ baseURL: gatewayUrl, apiKey: key })
  const message = await anthropic.messages.create({
    model: 'sandbox-claude',
    max_tokens: 64,
    messages: [{ role: 'user', content: 'Say hello' }],
  })
  expect(message.usage.output_tokens).toBeGreaterThan(0)
  await expect(row.getByRole('cell').nth(1)).toHaveText('2', { timeout: 15_000 })
})

test('the code beside a new key names the key, the gateway and a model that answers', async ({
  signInAs,
  gatewayUrl,
}) => {
  const page = await signInAs(DEVELOPER)
  const key = await issueKey(page, uniqueName('code'))
  for (const client of ['curl', 'Python', 'TypeScript', 'LangChain', 'Cursor']) {
    await page.getByRole('tab', { name: client, exact: true }).click()
    const code = page.getByRole('tabpanel', { name: client, exact: true })
    await expect(code).toContainText(key)
    await expect(code).toContainText(gatewayUrl)
    await expect(code).toContainText('sandbox-gpt')
  }
  await page.getByRole('tab', { name: 'Claude Code' }).click()
  await expect(page.getByRole('tabpanel')).toContainText('sandbox-claude')
})

test('a key beyond the bounds of the team is refused in the form, with the bound', async ({ signInAs }) => {
  const page = await signInAs(DEVELOPER)
  await page.goto('/build/keys/new')
  await page.getByRole('textbox', { name: 'Name' }).fill('too-much')
  await page.getByRole('textbox', { name: 'Spend a day' }).fill('1000000')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/allows at most USD .* a day/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Issue key' })).toBeEnabled()
})
