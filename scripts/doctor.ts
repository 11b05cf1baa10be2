import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { pendingMigrations } from '#lib/platform/migrate.ts'
import { holderOf, isFree } from '#lib/platform/ports.ts'
import { findPostgres } from '#lib/platform/postgres.ts'
import { findChromium } from './launch/chromium.ts'
import { withClient } from './launch/database.ts'
import { type Installation, readInstallation } from './launch/environment.ts'
import { findProgram, PROMTOOL, type Program, REDIS } from './launch/programs.ts'
import { main } from './launch/progress.ts'

interface Finding {
  state: 'ok' | 'warn' | 'bad'
  text: string
}

const ok = (text: string): Finding => ({ state: 'ok', text })
const warn = (text: string): Finding => ({ state: 'warn', text })
const bad = (text: string): Finding => ({ state: 'bad', text })

const GIB = 2 ** 30

await main(async () => {
  const installation = await readInstallation('production')
  const findings = [
    node(),
    ...(await ports(installation)),
    await disk(installation),
    secret(installation),
    chromium(),
    testProgram(REDIS),
    testProgram(PROMTOOL),
    ...(await database(installation)),
  ]
  for (const { state, text } of findings) process.stdout.write(`${state.padEnd(5)} ${text}\n`)
  return findings.some(finding => finding.state === 'bad') ? 1 : 0
})

function node(): Finding {
  return ok(`Node ${process.versions.node}`)
}

async function ports({ env }: Installation): Promise<Finding[]> {
  const names = ['PORT', 'GATEWAY_PORT', 'GATEWAY_ADMIN_PORT', 'SANDBOX_PORT'] as const
  return Promise.all(
    names.map(async name => {
      const port = env[name]
      if (await isFree(port, env.GATEHOUSE_HOST)) return ok(`${name} ${port} is free`)
      const holder = (await holderOf(port)) ?? 'another process'
      return warn(`${name} ${port} is in use by ${holder}; if that is not Gatehouse, set ${name} to a free port`)
    }),
  )
}

async function disk({ home }: Installation): Promise<Finding> {
  const { bavail, bsize } = await statfs(home)
  const free = (bavail * bsize) / GIB
  const text = `${free.toFixed(1)} GiB free for ${home}`
  if (free < 0.5)
    return bad(`${text}; the gateway refuses requests when the disk is full: make room or move GATEHOUSE_HOME`)
  return free < 5 ? warn(`${text}; 5 GiB leave room for some weeks of requests`) : ok(text)
}

function secret({ env, home }: Installation): Finding {
  const { GATEHOUSE_SECRET_KEY: key } = env
  const kinds = new Set(key).size
  if (kinds < 12) return bad('GATEHOUSE_SECRET_KEY is easy to guess; make one with `openssl rand -base64 48`')
  const kept = process.env.GATEHOUSE_SECRET_KEY ? 'the environment' : path.join(home, 'secret-key')
  return ok(`secret key from ${kept}; keep a copy elsewhere: what it encrypts cannot be read without it`)
}

function chromium(): Finding {
  const found = findChromium()
  return found ? ok(`Chromium for browser tests: ${found}`) : warn('no Chromium; `npm test` will install one')
}

function testProgram(program: Program): Finding {
  const found = findProgram(program)
  return found ? ok(`${program.title} for tests: ${found}`) : warn(`no ${program.title}; \`npm test\` will install one`)
}

async function database({ givenDatabase, home }: Installation): Promise<Finding[]> {
  const url = givenDatabase ?? (await findPostgres(path.join(home, 'postgres')))
  if (!url) return [warn('the embedded database is not running; `npm start` starts it')]
  try {
    const found = await withClient(url, client =>
      client.query("select current_setting('server_version') as version, extract(epoch from clock_timestamp()) as now"),
    )
    const { version, now } = found.rows[0] as { version: string; now: string }
    return [ok(`Postgres ${version}`), clock(Number(now) * 1_000), await migrations(url)]
  } catch (error) {
    return [bad(`the database does not answer: ${(error as Error).message}; check DATABASE_URL`)]
  }
}

function clock(databaseNow: number): Finding {
  const seconds = Math.abs(Date.now() - databaseNow) / 1_000
  const text = `clocks of this machine and the database differ by ${seconds.toFixed(1)} s`
  if (seconds > 30) return bad(`${text}; budgets and expiry go by it: synchronise them`)
  return seconds > 2 ? warn(`${text}; synchronise them`) : ok(text)
}

async function migrations(url: string): Promise<Finding> {
  const pending = await pendingMigrations(url)
  if (pending.length === 0) return ok('the schema is up to date')
  return warn(`${pending.length} migrations wait; \`npm start\` or \`npm run migrate -- deploy\` applies them`)
}
