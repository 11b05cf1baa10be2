import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileGateway } from '../scripts/launch/compile.ts'
import { freePort, startNode } from './child.ts'
import { type PlainConfig, plainConfig } from './plain-config.ts'
import type { Target } from './targets.ts'

const MAIN = fileURLToPath(new URL('../gateway/main.ts', import.meta.url))
const NAME = 'benchmark'
const COMPILED = path.join(tmpdir(), 'gatehouse-bench-compiled')

/** What a gateway process needs to know of where it belongs. */
export type Home = { readonly folder: string; readonly secret: string; readonly databaseUrl: string }

/**
 * A gateway with a key and a catalog and no rule besides. It starts from a configuration on disk, without a database:
 * its events wait in the spool. `change` gives the configuration's rows another form.
 */
export async function startPlain(upstream: string, change = (rows: PlainConfig['rows']) => rows): Promise<Target> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-bench-'))
  const secret = randomBytes(36).toString('base64')
  const { rows, key } = plainConfig(upstream, secret)
  const own = path.join(folder, 'gateway', NAME)
  await mkdir(own, { recursive: true })
  await writeFile(path.join(own, 'config.json'), JSON.stringify({ rows: change(rows) }), { mode: 0o600 })
  const databaseUrl = `postgresql://nobody@127.0.0.1:${await freePort()}/none`
  const gateway = await startGateway({ folder, secret, databaseUrl })
  const stop = async () => {
    await gateway.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...gateway, name: 'gatehouse-plain', headers: bearer(key), stop }
}

/** Starts one gateway process on free ports. */
export async function startGateway(home: Home): Promise<Pick<Target, 'url' | 'pid' | 'stop'>> {
  const [port, adminPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  await compileGateway(COMPILED)
  const child = await startNode(['--max-semi-space-size=12', MAIN], `${url}/healthz`, {
    NODE_ENV: 'production',
    // As the product starts it.
    NODE_COMPILE_CACHE: COMPILED,
    ...{ MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' },
    GATEWAY_NAME: NAME,
    GATEWAY_PORT: String(port),
    GATEWAY_ADMIN_PORT: String(adminPort),
    GATEHOUSE_HOME: home.folder,
    GATEHOUSE_SECRET_KEY: home.secret,
    DATABASE_URL: home.databaseUrl,
    LOG_LEVEL: 'error',
  })
  return { url, pid: child.pid, stop: () => child.stop() }
}

/** The header that carries a key. */
export function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` }
}
