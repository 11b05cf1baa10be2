import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Child, freePort, startNode } from './child.ts'
import type { TargetName } from './flags.ts'
import { startPlain } from './gatehouse.ts'
import { startGoverned } from './governed.ts'

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

/** Starts these targets in front of an upstream of their own, and stops all of them when `use` is done. */
export async function withTargets<T>(names: readonly TargetName[], use: (targets: Target[]) => Promise<T>): Promise<T> {
  const upstream = await startUpstream()
  const started: Target[] = []
  try {
    for (const name of names) {
      const target = await startTarget(name, upstream)
      if (target) started.push(target)
    }
    return await use(started)
  } finally {
    await Promise.all([upstream, ...started.filter(target => target !== upstream)].map(target => target.stop()))
  }
}

/** Starts a target in front of the upstream; null, after saying why, when it cannot be measured here. */
async function startTarget(name: TargetName, upstream: Target): Promise<Target | null> {
  switch (name) {
    case 'sandbox':
      return upstream
    case 'bare':
      return startBareProxy(upstream.url)
    case 'portkey':
      return startPortkey(upstream.url)
    case 'gatehouse-plain':
      return startPlain(upstream.url)
    case 'gatehouse':
      return startGoverned(upstream.url)
  }
}

/** The sandbox provider, the upstream of everything else. */
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
