import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, startNode } from './child.ts'
import { type GovernedConfig, governedConfig } from './governed-config.ts'
import type { Target } from './targets.ts'

const MAIN = fileURLToPath(new URL('../gateway/main.ts', import.meta.url))
const NAME = 'benchmark'

/**
 * The gateway to measure: the one at GATEWAY_URL with the key GATEHOUSE_KEY, or one of its own, which starts from a
 * configuration on disk, without a database: its events wait in the spool.
 *
 * @returns null, after saying why, when there is none
 */
export async function startGatehouse(upstream: string): Promise<Target | null> {
  const { GATEWAY_URL: url, GATEHOUSE_KEY: key } = process.env
  if (url && key) return { name: 'gatehouse', url, headers: bearer(key), pid: null, stop: async () => {} }
  if (existsSync(MAIN)) return startOwn(upstream)
  process.stderr.write('gatehouse is left out: there is no gateway/main.ts.\n')
  return null
}

/** A gateway of its own; `change` gives its configuration's rows another form. */
export async function startOwn(upstream: string, change = (rows: GovernedConfig['rows']) => rows): Promise<Target> {
  const home = await mkdtemp(path.join(tmpdir(), 'gatehouse-bench-'))
  const secret = randomBytes(36).toString('base64')
  const { rows, key } = governedConfig(upstream, secret)
  const folder = path.join(home, 'gateway', NAME)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ rows: change(rows) }), { mode: 0o600 })
  const [port, adminPort, noDatabase] = [await freePort(), await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const child = await startNode([MAIN], `${url}/healthz`, {
    NODE_ENV: 'production',
    GATEWAY_NAME: NAME,
    GATEWAY_PORT: String(port),
    GATEWAY_ADMIN_PORT: String(adminPort),
    GATEHOUSE_HOME: home,
    GATEHOUSE_SECRET_KEY: secret,
    DATABASE_URL: `postgresql://nobody@127.0.0.1:${noDatabase}/none`,
    LOG_LEVEL: 'error',
  })
  const stop = async () => {
    await child.stop()
    await rm(home, { recursive: true, force: true })
  }
  return { name: 'gatehouse', url, headers: bearer(key), pid: child.pid, stop }
}

function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` }
}
