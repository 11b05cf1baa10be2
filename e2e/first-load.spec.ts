import { addressOf } from '../scripts/launch/page-addresses.ts'
import { SCRIPTS_BAR_KB, scriptsMeter } from './fixtures/page-scripts.ts'
import { PORTAL_URL } from './fixtures/portal.ts'
import { expect, test } from './fixtures/test.ts'
import { FRAMED_ROUTES } from './pages.ts'
import { ADMINISTRATOR } from './people.ts'

test(`no page loads more than ${SCRIPTS_BAR_KB} kB of scripts before it can be used`, async ({ signInAs, api }) => {
  const page = await signInAs(ADMINISTRATOR)
  const weigh = scriptsMeter(PORTAL_URL)
  const heavy: string[] = []
  for (const route of FRAMED_ROUTES) {
    const answer = await page.request.get(await addressOf(route, api()))
    expect(answer.status(), route).toBe(200)
    const kilobytes = await weigh(await answer.text())
    // Even the plainest page has the frame's scripts: less would mean that none were found.
    expect(kilobytes, route).toBeGreaterThan(50)
    if (kilobytes > SCRIPTS_BAR_KB) heavy.push(`${route}: ${kilobytes.toFixed(0)} kB`)
  }
  expect(heavy).toEqual([])
})
