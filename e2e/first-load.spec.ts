import { SCRIPTS_BAR_KB, scriptsMeter } from './fixtures/page-scripts.ts'
import { PORTAL_URL } from './fixtures/portal.ts'
import { expect, test } from './fixtures/test.ts'
import { framedAddresses } from './pages.ts'
import { ADMINISTRATOR } from './people.ts'

test(`no page loads more than ${SCRIPTS_BAR_KB} kB of scripts before it can be used`, async ({ signInAs, api }) => {
  test.setTimeout(5 * 60_000)
  const page = await signInAs(ADMINISTRATOR)
  const weigh = scriptsMeter(PORTAL_URL)
  const heavy: string[] = []
  for (const { route, address } of await framedAddresses(api())) {
    const answer = await page.request.get(address)
    expect(answer.status(), route).toBe(200)
    const kilobytes = await weigh(await answer.text())
    // Even the plainest page has the frame's scripts: less would mean that none were found.
    expect(kilobytes, route).toBeGreaterThan(50)
    if (kilobytes > SCRIPTS_BAR_KB) heavy.push(`${route}: ${kilobytes.toFixed(0)} kB`)
  }
  expect(heavy).toEqual([])
})
