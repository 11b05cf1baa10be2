import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/test.ts'
import { addressOf, FRAMED_ROUTES } from './pages.ts'
import { ADMINISTRATOR } from './people.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What breaks WCAG 2.2 AA on the open page, one line a rule. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme })

    for (const route of FRAMED_ROUTES) {
      test(`${route} has no violation`, async ({ signInAs, api }) => {
        const page = await signInAs(ADMINISTRATOR)
        await page.goto(await addressOf(route, api()))
        await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
        expect(await violationsOf(page)).toEqual([])
      })
    }
  })
}

test('a key beside its list has no violation', async ({ signInAs, api }) => {
  const page = await signInAs(ADMINISTRATOR)
  const keyPage = await addressOf('/build/keys/[id]', api())
  await page.goto(`/build/keys?open=${keyPage.split('/').at(-1)}`)
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})
