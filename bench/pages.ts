import { SCRIPTS_BAR_KB, scriptsMeter } from '../e2e/fixtures/page-scripts.ts'
import { FRAMED_ROUTES } from '../e2e/pages.ts'
import { joinDatabase, withClient } from '../scripts/launch/database.ts'
import { readInstallation } from '../scripts/launch/environment.ts'
import { addressOf, type Reads } from '../scripts/launch/page-addresses.ts'
import { startProduct } from '../scripts/launch/product.ts'
import { Hindrance, main } from '../scripts/launch/progress.ts'
import { quantile } from './measurement.ts'
import { loadAverage, markdownTable, writeSection } from './report.ts'

/**
 * How long the portal takes for the complete HTML of each page of the demonstration: every route as its
 * administrator, Home as somebody of each role. Measures the installation that runs on PORT, else starts one.
 * `--only <text>` for the routes that hold a text, `--calls 50`, `--write` for the table in docs/benchmarks.md.
 * Beside the time stand the scripts that a browser loads with the page, as they travel. Exits with 1 when a page's
 * 95th percentile or its scripts pass the bar, or a page does not answer 200.
 */
const BAR_MS = 150
const WARM_UPS = 5
const CALLS = Number(flag('--calls') ?? 20)
const ONLY = flag('--only') ?? ''

interface Person {
  id: string
  organizationId: string
  sessionVersion: number
  role: string
}

interface Timing {
  page: string
  p50Ms: number
  p95Ms: number
  kilobytes: number
  scriptKilobytes: number
  failed: number
}

await main(async () => {
  const installation = await readInstallation('production')
  const portal = `http://localhost:${installation.env.PORT}`
  const answers = await fetch(`${portal}/api/healthz`).catch(() => null)
  const started = answers?.ok ? null : await startProduct('production')
  try {
    const databaseUrl = started?.databaseUrl ?? (await joinDatabase(installation)).url
    Object.assign(process.env, installation.variables(databaseUrl))
    return await measureAll(portal, await findPeople(databaseUrl))
  } finally {
    await started?.stop()
  }
})

async function measureAll(portal: string, people: Person[]): Promise<number> {
  const before = loadAverage()
  const cookies = new Map<string, string>()
  for (const person of people) cookies.set(person.role, await cookieOf(person))
  const administrator = cookies.get('administrator') ?? ''
  const timings: Timing[] = []
  const scripts = scriptsMeter(portal)
  for (const route of FRAMED_ROUTES.filter(one => one.includes(ONLY))) {
    const address = await addressOf(route, apiWith(portal, administrator))
    timings.push(await time(route, `${portal}${address}`, { cookie: administrator, scripts }))
  }
  for (const [role, cookie] of '/home'.includes(ONLY) ? cookies : []) {
    timings.push(await time(`/home as ${role}`, `${portal}/home`, { cookie, scripts }))
  }
  timings.sort((a, b) => b.p95Ms - a.p95Ms)
  return tell(timings, before)
}

function tell(timings: Timing[], loadBefore: number): number {
  const slow = timings.filter(({ p95Ms }) => p95Ms > BAR_MS).length
  const failed = timings.filter(one => one.failed > 0).length
  const heavy = timings.filter(one => one.scriptKilobytes > SCRIPTS_BAR_KB).length
  const weights = timings.map(one => one.scriptKilobytes)
  const rows = timings.map(one => [
    one.page,
    one.p50Ms.toFixed(0),
    one.p95Ms.toFixed(0),
    one.kilobytes.toFixed(0),
    one.scriptKilobytes.toFixed(0),
    String(one.failed),
  ])
  const said = `${timings.length} pages, ${slow} above ${BAR_MS} ms, ${failed} that failed. Scripts of a first load: ${Math.min(...weights).toFixed(0)} to ${Math.max(...weights).toFixed(0)} kB, ${heavy} pages above ${SCRIPTS_BAR_KB} kB.`
  const text = `${said}\n\n${markdownTable(['page', 'p50 ms', 'p95 ms', 'HTML kB', 'scripts kB', 'failed'], rows)}`
  process.stdout.write(`${text}\n`)
  if (process.argv.includes('--write')) writeSection('pages', text, `${CALLS} calls a page`, loadBefore)
  return slow + failed + heavy === 0 ? 0 : 1
}

/** One call after the other, each until the last byte of the page. */
async function time(
  page: string,
  url: string,
  { cookie, scripts }: { cookie: string; scripts: (html: string) => Promise<number> },
): Promise<Timing> {
  const times: number[] = []
  let failed = 0
  let html = ''
  for (let call = 0; call < WARM_UPS + CALLS; call++) {
    const began = performance.now()
    const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' })
    html = await answer.text()
    const took = performance.now() - began
    if (call < WARM_UPS) continue
    times.push(took)
    if (answer.status !== 200) failed += 1
  }
  times.sort((a, b) => a - b)
  const kilobytes = Buffer.byteLength(html) / 1024
  const scriptKilobytes = await scripts(html)
  return { page, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95), kilobytes, scriptKilobytes, failed }
}

/** The session that signing in would give: the sign-in itself is rate-limited. */
async function cookieOf({ id, organizationId, sessionVersion }: Person): Promise<string> {
  const { sessionCookie, writeSession } = await import('../lib/platform/auth/session.ts')
  return `${sessionCookie().name}=${await writeSession({ personId: id, organizationId, sessionVersion })}`
}

function apiWith(portal: string, cookie: string): Reads {
  return {
    get: async path => {
      const answer = await fetch(`${portal}/api/v1${path}`, { headers: { cookie } })
      if (!answer.ok) throw new Hindrance(`GET ${path}: ${answer.status} ${await answer.text()}`)
      return answer.json()
    },
  }
}

/** Of each role the person of the demonstration who has it longest. */
async function findPeople(databaseUrl: string): Promise<Person[]> {
  const found = await withClient(databaseUrl, client =>
    client.query(`
      select distinct on (role) p.id, p.organization_id as "organizationId",
        p.session_version as "sessionVersion", role
      from people p join organizations o on o.id = p.organization_id cross join unnest(p.roles) role
      where o.demo and o.removed_at is null and p.status = 'active' and p.title is not null
      order by role, p.created_at`),
  )
  if (found.rows.length === 0) throw new Hindrance('There is no demonstration. Start with GATEHOUSE_SEED=demo.')
  return found.rows as Person[]
}

function flag(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}
