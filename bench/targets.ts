import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Child, freePort, startNode } from './child.ts'
import type { TargetName } from './flags.ts'
import { startGatehouse } from './gatehouse.ts'

/** Something that answers `POST /v1/chat/completions`. */
export type Target = {
  readonly name: TargetName
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Null when the process is not ours to watch. */
  readonly pid: number | null
  stop(): Promise<void>
}

const PORTKEY = pathOf('./node_modules/@portkey-ai/gateway/build/start-server.js')

/**
 * Starts a target in front of the upstream.
 *
 * @returns null, after saying why, when the target cannot be measured here
 */
export async function startTarget(name: TargetName, upstream: Target): Promise<Target | null> {
  if (name === 'sandbox') return upstream
  if (name === 'gatehouse') return startGatehouse(upstream.url)
  return name === 'bare' ? startBareProxy(upstream.url) : startPortkey(upstream.url)
}

/** Starts the sandbox provider, the upstream of everything else. */
export async function startUpstream(): Promise<Target> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = await startNode([pathOf('../sandbox/main.ts')], `${url}/healthz`, { SANDBOX_PORT: String(port) })
  return target('sandbox', url, { authorization: 'Bearer x' }, child)
}

async function startBareProxy(upstream: string): Promise<Target> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = await startNode([pathOf('./bare-proxy.ts'), upstream, String(port)], url, { NODE_ENV: 'production' })
  return target('bare', url, { authorization: 'Bearer x' }, child)
}

async function startPortkey(upstream: string): Promise<Target | null> {
  if (!existsSync(PORTKEY)) {
    process.stderr.write('portkey is left out: its package is not installed (npm ci in bench/).\n')
    return null
  }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = await startNode([PORTKEY, `--port=${port}`, '--headless'], url, { NODE_ENV: 'production' })
  const headers = {
    authorization: 'Bearer x',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `${upstream}/v1`,
  }
  return target('portkey', url, headers, child)
}

function target(name: TargetName, url: string, headers: Record<string, string>, child: Child): Target {
  return { name, url, headers, pid: child.pid, stop: () => child.stop() }
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url))
}
