import { readFile, writeFile } from 'node:fs/promises'
import { uniqueName } from '../developer/issue-key.ts'
import { expect, test } from '../fixtures/test.ts'
import { exportAudit, saveCheckpoint, verifyAudit } from '../fixtures/verify-audit.ts'
import { ADMINISTRATOR } from '../people.ts'

test('a change appears with its fields before and after', async ({ signInAs, api }) => {
  const name = uniqueName('Audited')
  const team = await api().post<{ id: string }>('/teams', { name })
  const page = await signInAs(ADMINISTRATOR)
  await page.goto(`/admin/teams/${team.id}`)
  await page.getByRole('textbox', { name: 'Cost centre' }).fill('CC-4711')
  await page.getByRole('button', { name: 'Save team' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await page.goto(`/security/audit?search=${name}`)
  const entry = page.getByRole('table', { name: 'Audit log' }).getByRole('row', { name: /team\.updated/ })
  await entry.click()
  const sheet = page.getByRole('dialog', { name: 'Marek Nowak updated a team' })
  const changed = sheet.getByRole('table', { name: 'Fields before and after' }).getByRole('row').nth(1)
  await expect(changed).toContainText('cost centre')
  await expect(changed.getByRole('cell').nth(1)).toHaveText('none')
  await expect(changed.getByRole('cell').nth(2)).toHaveText('CC-4711')
})

test('the export is proved against the checkpoint, and an altered one is not', async ({ signInAs, page }, info) => {
  await signInAs(ADMINISTRATOR)
  await page.goto('/security/audit')
  await page.getByText('Verify it yourself').click()
  await expect(page.getByText('npm run verify-audit')).toBeVisible()

  const { file: checkpoint, verifierKey } = await saveCheckpoint(page, info)
  const file = await exportAudit(page, info)
  const proved = await verifyAudit(file, checkpoint, verifierKey)
  expect(proved.text).toContain('PROVED:')
  expect(proved.code).toBe(0)

  const altered = info.outputPath('altered.jsonl')
  await writeFile(altered, (await readFile(file, 'utf8')).replace('"name":"Marek Nowak"', '"name":"Nobody"'))
  const refused = await verifyAudit(altered, checkpoint, verifierKey)
  expect(refused.text).toContain('NOT PROVED')
  expect(refused.code).not.toBe(0)
})
