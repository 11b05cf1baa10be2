import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { CHROMIUM_ARGS, demandChromium } from './launch/chromium.ts'
import { joinDatabase, withClient } from './launch/database.ts'
import { ROOT, readInstallation } from './launch/environment.ts'
import { addressOf, type Reads } from './launch/page-addresses.ts'
import { listPages } from './launch/pages.ts'
import { type Product, startProduct } from './launch/product.ts'
import { complain, Hindrance, main, say } from './launch/progress.ts'

const THEMES = ['light', 'dark'] as const
const WIDTHS = { 1440: 900, 390: 844 } as const
const SETTLE_MS = 700

/** `npm run shots -- [route…]`: pictures of every page in both themes and widths, as the demonstration's administrator. */
await main(async () => {
  const wanted = process.argv.slice(2)
  const installation = await readInstallation('production')
  const portal = `http://localhost:${installation.env.PORT}`
  const started = (await answers(portal)) ? null : await startProduct('production')
  const browser = await chromium.launch({ executablePath: demandChromium(say), args: CHROMIUM_ARGS })
  try {
    const personId = await findAdministrator(started)
    const routes = (await listPages()).filter(route => wanted.length === 0 || wanted.includes(route))
    let failed = 0
    for (const theme of THEMES) {
      for (const [width, height] of Object.entries(WIDTHS)) {
        failed += await shootAll(browser, { portal, theme, width: Number(width), height, personId }, routes)
      }
    }
    return failed === 0 ? 0 : 1
  } finally {
    await browser.close()
    await started?.stop()
  }
})

interface Setting {
  portal: string
  theme: (typeof THEMES)[number]
  width: number
  height: number
  personId: string
}

async function shootAll(browser: Browser, setting: Setting, routes: string[]): Promise<number> {
  const { portal, theme, width, height } = setting
  const context = await browser.newContext({
    baseURL: portal,
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: { width, height },
  })
  const page = await signIn(context, setting)
  const folder = path.join(ROOT, 'shots', `${theme}-${width}`)
  await mkdir(folder, { recursive: true })
  let failed = 0
  for (const route of routes) {
    try {
      await page.goto(await addressOf(route, apiOf(page)), { waitUntil: 'load' })
      await page.waitForTimeout(SETTLE_MS)
      const name =
        route === '/'
          ? 'root'
          : route
              .slice(1)
              .replaceAll('/', '-')
              .replaceAll(/[[\].]/g, '')
      await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true })
    } catch (error) {
      failed += 1
      complain(`${route} (${theme}, ${width}): ${(error as Error).message.split('\n')[0]}`)
    }
  }
  await context.close()
  say(`shots/${theme}-${width}: ${routes.length - failed} pages`)
  return failed
}

async function signIn(context: BrowserContext, { personId }: Setting): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.locator(`button[name="personId"][value="${personId}"]`).click()
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
  return page
}

/** The REST API as the one who is signed in. */
function apiOf(page: Page): Reads {
  return {
    get: async path => {
      const answer = await page.request.get(`/api/v1${path}`)
      if (!answer.ok()) throw new Error(`GET ${path}: ${answer.status()}`)
      return answer.json()
    },
  }
}

async function findAdministrator(started: Product | null): Promise<string> {
  const url = started?.databaseUrl ?? (await joinDatabase(await readInstallation('production'))).url
  const found = await withClient(url, client =>
    client.query(
      "select p.id from people p join organizations o on o.id = p.organization_id where o.demo and o.removed_at is null and p.status = 'active' and 'administrator' = any(p.roles) order by p.created_at limit 1",
    ),
  )
  const id = (found.rows[0] as { id: string } | undefined)?.id
  if (!id)
    throw new Hindrance('There is no demonstration to photograph. Start with GATEHOUSE_SEED=demo and an empty home.')
  return id
}

async function answers(portal: string): Promise<boolean> {
  const answer = await fetch(`${portal}/api/healthz`, { signal: AbortSignal.timeout(3_000) }).catch(() => null)
  return answer?.ok ?? false
}
