import { uniqueName } from '../developer/issue-key.ts'
import { decideAndMeasure } from '../fixtures/enforcement.ts'
import { expect, test } from '../fixtures/test.ts'

const DEVELOPER = 'tomas.herrera@northwind.example'
const LEAD = 'priya.raman@northwind.example'

test('a developer asks for a key beyond bounds, the lead approves it on a phone, the developer collects it and calls', async ({
  signInAs,
  request,
  gatewayUrl,
}, info) => {
  const name = uniqueName('beyond')
  const developer = await signInAs(DEVELOPER)
  await developer.goto('/build/keys/new')
  await developer.getByRole('textbox', { name: 'Name' }).fill(name)
  await developer.getByRole('textbox', { name: 'Requests a minute' }).fill('5000')
  await developer.getByRole('button', { name: 'Issue key' }).click()
  await developer.getByRole('textbox', { name: 'Why the key needs more' }).fill('A nightly batch')
  await developer.getByRole('button', { name: 'Ask for approval' }).click()
  await expect(developer.getByText('Your request waits for a decision')).toBeVisible()
  await developer.context().clearCookies()

  const lead = await signInAs(LEAD)
  await lead.setViewportSize({ width: 390, height: 844 })
  await lead.goto('/approvals')
  await expect(lead.getByRole('heading', { level: 1 })).toHaveText(/^(1 request waits|\d+ requests wait) for you$/)
  await lead.getByRole('link', { name: new RegExp(name) }).click()
  const detail = lead.getByRole('article', { name: new RegExp(name) })
  await expect(detail.getByText('5000')).toBeVisible()
  await detail.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(lead.getByText('Approved by Priya Raman.').first()).toBeVisible()
  await lead.context().clearCookies()

  const collector = await signInAs(DEVELOPER)
  await collector.setViewportSize({ width: 1280, height: 800 })
  await collector.goto('/build/keys')
  const granted = collector.getByRole('region', { name: 'Approved keys' })
  await expect(granted.getByText(`${name} is approved`)).toBeVisible()
  const shown = collector.getByRole('status', { name: 'The new key' })
  const opens = async () => {
    const key = await shown.textContent({ timeout: 100 }).catch(() => null)
    if (!key?.startsWith('gh_live_')) return false
    const headers = { authorization: `Bearer ${key}` }
    return (await request.get(`${gatewayUrl}/v1/models`, { headers })).status() === 200
  }
  await decideAndMeasure(info, collector, 'key above bound, collected once approved', {
    click: () => granted.getByRole('button', { name: 'Collect the key' }).first().click(),
    binds: opens,
  })
})

test('an approver works through the queue by keyboard and rejects with a reason', async ({ signInAs }) => {
  const lead = await signInAs(LEAD)
  await lead.goto('/approvals')
  const detail = lead.getByRole('article')
  await expect(detail).toBeVisible()
  const first = await detail.getAttribute('aria-label')
  // Keys do nothing before the page listens.
  await expect(async () => {
    if ((await detail.getAttribute('aria-label')) === first) await lead.keyboard.press('j')
    await expect(detail).not.toHaveAttribute('aria-label', first ?? '', { timeout: 1_000 })
  }).toPass()
  const second = (await detail.getAttribute('aria-label')) ?? ''
  await lead.keyboard.press('r')
  const dialog = lead.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Ask again with an end date' }).click()
  await dialog.getByRole('button', { name: 'Reject', exact: true }).click()
  await expect(dialog).toBeHidden()
  await lead.goto('/approvals?view=decided')
  await expect(lead.getByRole('link', { name: second })).toBeVisible()
})
