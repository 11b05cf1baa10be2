import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { addressOf } from '../scripts/launch/page-addresses.ts'
import { expect, test } from './fixtures/test.ts'
import { FRAMED_ROUTES, framedAddresses } from './pages.ts'
import { ADMINISTRATOR } from './people.ts'

/** That whatever is pressed or filled in has a name. */
const NAMING_RULES = [
  'label',
  'button-name',
  'select-name',
  'input-button-name',
  'link-name',
  'aria-input-field-name',
  'aria-toggle-field-name',
  'aria-meter-name',
  'aria-progressbar-name',
]
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What breaks WCAG 2.2 AA on the open page, one line a rule. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return linesOf(violations)
}

function linesOf(violations: Awaited<ReturnType<AxeBuilder['analyze']>>['violations']): string[] {
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

test('what the server draws is named before any script has run', async ({ signInAs, api }) => {
  test.setTimeout(10 * 60_000)
  const page = await signInAs(ADMINISTRATOR)
  await page.route('**/_next/static/**/*.js*', route => route.abort())
  const nameless: string[] = []
  for (const { route, address } of await framedAddresses(api())) {
    await page.goto(address)
    const found = await new AxeBuilder({ page }).withRules(NAMING_RULES).include('main').analyze()
    nameless.push(...linesOf(found.violations).map(line => `${route} ${line}`))
  }
  expect(nameless).toEqual([])
})
