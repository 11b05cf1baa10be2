import { minutesDigest } from '#core/board/minutes.ts'
import { expect, test } from '../fixtures/test.ts'
import { exportAudit, saveCheckpoint, verifyAudit } from '../fixtures/verify-audit.ts'
import { AUDITOR } from '../people.ts'

test('an auditor’s day: the log proved, versions compared, minutes hashed, content listed and closed', async ({
  signInAs,
  api,
}, info) => {
  test.slow()
  const page = await signInAs(AUDITOR)
  const heading = page.getByRole('heading', { level: 1 })

  await test.step('the audit log is sealed; its export is proved against the signed checkpoint, and is on record', async () => {
    await page.goto('/security/audit')
    await expect(heading).toContainText(/[\d,]+ changes are on record/)
    const checkpoint = await saveCheckpoint(page, info)
    const file = await exportAudit(page, info)
    const proved = await verifyAudit(file, checkpoint.file, checkpoint.verifierKey)
    expect(proved.text).toContain('PROVED:')
    expect(proved.code).toBe(0)
    await page.goto('/security/audit?search=audit.exported')
    const table = page.getByRole('table', { name: 'Audit log' })
    await expect(table.getByRole('row', { name: /Ifeoma Eze audit\.exported/ }).first()).toBeVisible()
  })

  await test.step('two versions of a policy, word by word, with who wrote, reviewed and ratified them', async () => {
    await page.goto('/govern/policies')
    await page.getByRole('link', { name: 'Acceptable use policy', exact: true }).click()
    await page.getByRole('link', { name: /^Versions/ }).click()
    const versions = page.getByRole('table', { name: 'Versions' })
    await expect(versions.getByRole('row', { name: /^1 Superseded/ })).toContainText('Elin Söderström')
    await versions
      .getByRole('row', { name: /^1 Superseded/ })
      .getByRole('link', { name: /^With/ })
      .click()
    const compared = page.getByRole('table', { name: 'version 1 compared with version 2' })
    await expect(compared.locator('ins').first()).toBeVisible()
    await page.getByRole('link', { name: 'Coverage' }).click()
    await expect(page.getByRole('table', { name: 'Acknowledgements by person' })).toBeVisible()
  })

  await test.step('the hash of the minutes is that of the text everybody can have', async () => {
    const meetings = await api().get<{ data: { id: string; title: string }[] }>('/board/meetings?limit=100')
    const { id } = meetings.data.find(({ title }) => title === 'Review board meeting 1') ?? { id: '' }
    const { minutes } = await api().get<{ minutes: { text: string } }>(`/board/meetings/${id}`)
    await page.goto('/govern/board')
    await page.getByRole('link', { name: 'Review board meeting 1', exact: true }).click()
    await page.getByRole('link', { name: 'Minutes', exact: true }).click()
    await expect(page.getByText('Approved and frozen.')).toBeVisible()
    await expect(page.getByRole('main')).toContainText(minutesDigest(minutes.text))
  })

  await test.step('content is listed with who read it and why, and stays closed', async () => {
    await page.goto('/security/content-log')
    await expect(page.getByRole('table', { name: 'Audits of the content log' })).toContainText('In order')
    await expect(page.getByRole('table', { name: 'Reads of content' })).toBeVisible()
    const kept = await api().get<{ data: { id: string }[] }>('/content-log?limit=1')
    await page.goto(`/operate/requests/${kept.data[0]?.id}`)
    await expect(page.getByText('Kept, and not for your roles to read')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Read the content' })).toHaveCount(0)
  })
})

/** What would change something, by the page where those who may find it. */
const MEANS: readonly [path: string, role: 'button' | 'link', name: RegExp][] = [
  ['/approvals?view=all', 'button', /^(Approve|Reject)/],
  ['/govern/classification', 'button', /^(Change|Add data source)$/],
  ['/govern/exemptions', 'link', /^Ask for/],
  ['/govern/policies', 'link', /^New policy/],
  ['/govern/board', 'button', /^(Schedule a meeting|Begin the meeting)$/],
  ['/govern/risks', 'link', /^New risk/],
  ['/finance/budgets', 'link', /^New budget/],
  ['/operate/routes', 'link', /^New route/],
  ['/security/content-log', 'button', /^Audit now$/],
  ['/admin/people', 'link', /^Add a person/],
  ['/admin/service-tokens', 'link', /^(New|Issue)/],
]

test('an auditor sees everything of this and is given no means to change it', async ({ signInAs }) => {
  test.slow()
  const page = await signInAs(AUDITOR)
  for (const [path, role, name] of MEANS) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('main').getByText(/^(Ask|An administrator).*grant/)).toHaveCount(0)
    await expect(page.getByRole('main').getByRole(role, { name })).toHaveCount(0)
  }
  for (const path of ['/govern/policies/new', '/finance/budgets/new', '/operate/routes/new', '/build/keys/new']) {
    await page.goto(path)
    await expect(page.getByRole('main')).toContainText('An administrator can grant it')
  }
})
