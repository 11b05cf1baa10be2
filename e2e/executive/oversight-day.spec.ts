import { expect, test } from '../fixtures/test.ts'
import { EXECUTIVE } from '../people.ts'

test('an executive’s day: home, cost down to its requests, budgets, maturity down to its evidence, decisions', async ({
  signInAs,
}) => {
  test.slow()
  const page = await signInAs(EXECUTIVE)
  const heading = page.getByRole('heading', { level: 1 })

  await test.step('Home says what waits, and each figure leads to its rows', async () => {
    await expect(heading).toContainText('Elin')
    const figures = page.getByRole('region', { name: 'For your role' })
    await expect(figures).toContainText(/of \d+ budgets above 80 %/)
    await page.getByRole('list', { name: 'What needs you' }).getByRole('link').first().waitFor()
    await figures.getByRole('link').first().click()
    await expect(page).toHaveURL(/\/finance\/budgets$/)
  })

  await test.step('what it costs, by team, down to one request and no further than its roles may read', async () => {
    await page.goto('/build/usage?scope=organization&range=30d')
    await expect(heading).toContainText(/^Northwind spent USD [\d,.]+/)
    await page.getByRole('link', { name: 'By team' }).click()
    const row = page.getByRole('table', { name: 'Usage by team' }).getByRole('row', { name: /^Legal operations/ })
    await row.getByRole('link').first().click()
    await expect(page).toHaveURL(/\/operate\/requests\?.*team=/)
    await expect(heading).toContainText(/[\d,]+ requests/)
    await page.goto('/operate/requests?range=30d&status=200')
    const requests = page.getByRole('table', { name: 'Requests' })
    await requests.getByRole('row').nth(1).getByRole('link').first().click()
    await page.getByRole('dialog').getByRole('link', { name: 'Open the full page' }).click()
    await expect(page.getByRole('region', { name: 'Way through the gateway' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Read the content' })).toHaveCount(0)
  })

  await test.step('how long the money lasts, and who may change that', async () => {
    await page.goto('/finance/budgets')
    await page.getByRole('link', { name: 'All AI spend', exact: true }).click()
    await expect(page.getByText('How long does it last?')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Who spends this budget' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Change limit' })).toHaveCount(0)
  })

  await test.step('where the organization stands, down to the evidence of one criterion', async () => {
    await page.goto('/assure/maturity')
    await expect(heading).toHaveText(/^Stage \d, \w+: \d+ of \d+ exit criteria are met$/)
    const grid = page.getByRole('table', { name: 'Exit criteria met, by layer and stage' })
    await grid
      .getByRole('row', { name: /^Governance/ })
      .getByRole('link')
      .first()
      .click()
    await expect(page).toHaveURL(/stage=1#governance$/)
    await page.goto('/assure/maturity/S2.L1.X1')
    await expect(page.getByRole('region', { name: 'What it takes' }).getByRole('link').first()).toBeVisible()
    await page.getByRole('region', { name: 'What it takes' }).getByRole('link').first().click()
    await expect(page).not.toHaveURL(/maturity/)
  })

  await test.step('what the board decided, with votes, what it was decided on, and what is still to be met', async () => {
    await page.goto('/govern/board/decisions')
    const register = page.getByRole('table', { name: 'Decisions' })
    await register.getByRole('link', { name: /^BD-/ }).last().click()
    await expect(heading).toHaveText(/^BD-\d{4}-\d{3}: /)
    await expect(page.getByRole('region', { name: 'Votes' }).getByRole('listitem').first()).toBeVisible()
    await expect(page.getByText('SHA-256 of its canonical form (RFC 8785):')).toBeVisible()
    await page.goto('/govern/board/decisions')
    const file = page.waitForEvent('download')
    await page.getByRole('link', { name: 'CSV' }).click()
    expect((await file).suggestedFilename()).toMatch(/\.csv$/)
  })
})
