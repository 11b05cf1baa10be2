import { randomUUID } from 'node:crypto'
import { isSignedBy, type WebhookHeaders } from '#core/notifications/standard-webhook.ts'
import { startMailServer } from '#test/mail-server.ts'
import { startWebhookReceiver } from '#test/webhook-receiver.ts'
import { expect, test } from '../fixtures/test.ts'
import { ADMINISTRATOR, DEVELOPER } from '../people.ts'

const PATIENCE = { timeout: 30_000 }

test('an administrator adds a webhook and sees the signed test arrive', async ({ signInAs }) => {
  const receiver = await startWebhookReceiver()
  const name = `Hook ${randomUUID().slice(0, 8)}`
  const page = await signInAs(ADMINISTRATOR)
  await page.goto('/admin/notifications')
  await page.getByRole('button', { name: 'Add a channel' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('combobox').first().click()
  await page.getByRole('option', { name: /^Webhook/ }).click()
  await sheet.getByLabel('Name').fill(name)
  await sheet.getByLabel('Address').fill(receiver.url)
  await sheet.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(sheet.getByText(/private network/i).last()).toBeVisible(PATIENCE)
  await sheet.getByRole('checkbox', { name: 'It may be in this machine’s own network' }).click()
  await sheet.getByRole('button', { name: 'Add', exact: true }).click()
  const secret = await sheet.getByText(/^whsec_/).textContent(PATIENCE)
  await sheet.getByRole('button', { name: 'I have kept it' }).click()
  await page.getByRole('button', { name: `Send a test through ${name}` }).click()
  await expect(page.getByText(`${name} took the test`)).toBeVisible(PATIENCE)
  const test = receiver.received.find(({ body }) => body.includes('A test from Gatehouse'))
  const headers = test?.headers as unknown as WebhookHeaders
  expect(isSignedBy((secret ?? '').trim(), headers, test?.body ?? '', new Date())).toBe(true)
  await page.getByRole('link', { name, exact: true }).click()
  const log = page.getByRole('table', { name: 'Deliveries' })
  await expect(log.getByRole('row', { name: /A test from Gatehouse/ }).first()).toContainText('Sent', PATIENCE)
  await page.getByRole('button', { name: 'Archive' }).click()
  await page.getByRole('alertdialog').getByRole('textbox').fill(name)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click()
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0, PATIENCE)
  await receiver.stop()
})

test('an administrator adds a mail server; what somebody is told reaches their mailbox', async ({ signInAs, api }) => {
  const server = await startMailServer()
  const name = `Mail ${randomUUID().slice(0, 8)}`
  const page = await signInAs(ADMINISTRATOR)
  await page.goto('/admin/notifications')
  await page.getByRole('button', { name: 'Add a channel' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name').fill(name)
  await sheet.getByLabel('Mail server').fill('127.0.0.1')
  await sheet.getByLabel('Port').fill(String(server.port))
  await sheet.getByLabel('Sender').fill('Gatehouse <gatehouse@northwind.example>')
  await sheet.getByRole('combobox').nth(1).click()
  await page.getByRole('option', { name: /^None/ }).click()
  await sheet.getByRole('checkbox', { name: 'It may be in this machine’s own network' }).click()
  await sheet.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(sheet).toHaveCount(0, PATIENCE)
  await page.getByRole('button', { name: `Send a test through ${name}` }).click()
  await expect(page.getByText(`${name} took the test`)).toBeVisible(PATIENCE)
  await expect.poll(() => server.received.map(({ to }) => to[0]), PATIENCE).toContain(ADMINISTRATOR)
  const channels = await api().get<{ data: { id: string; name: string }[] }>('/notification-channels')
  const id = channels.data.find(channel => channel.name === name)?.id
  await api().post(`/notification-channels/${id}/archive`, {})
  await server.stop()
})

test('a person chooses what they hear, on a phone', async ({ signInAs }) => {
  const page = await signInAs(DEVELOPER)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/settings/notifications')
  await page.getByRole('combobox', { name: 'A request was decided: E-mail' }).click()
  await page.getByRole('option', { name: 'In the digest' }).click()
  await page.getByLabel(/^From/).fill('22:00')
  await page.getByLabel(/^To/).fill('07:00')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible(PATIENCE)
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'A request was decided: E-mail' })).toContainText('In the digest')
  await page.goto('/inbox?view=all')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('unread')
})
