import path from 'node:path'
import type { Environment } from '#lib/platform/env.ts'
import { holderOf, isFree } from '#lib/platform/ports.ts'
import { NEXT } from './build.ts'
import type { ChildPlan } from './child.ts'
import { Hindrance } from './progress.ts'

/** Server-only modules of the portal refuse to load without it. */
const SERVER = '--conditions=react-server'

/** Requests leave little behind: with more room for it, a busy gateway takes 100 MB that it has no use for. */
export const GATEWAY_HEAP = '--max-semi-space-size=12'
/** glibc gives what large bodies took back to the system, instead of keeping it for the next: 95 MB less under full load. */
const GATEWAY_MALLOC = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
}

/** Where Node keeps modules without their types. */
export function compiledFolder({ GATEHOUSE_HOME }: Environment): string {
  return process.env.NODE_COMPILE_CACHE || path.join(GATEHOUSE_HOME, 'compiled')
}

/** The product's processes in the order they are stopped in. */
export function planProcesses(env: Environment, mode: 'production' | 'development'): ChildPlan[] {
  const development = mode === 'development'
  const portal = [NEXT, development ? 'dev' : 'start', '-H', env.GATEHOUSE_HOST, '-p', String(env.PORT)]
  const watch = development ? ['--watch', '--watch-preserve-output'] : []
  const local = reachable(env.GATEHOUSE_HOST)
  const plans: ChildPlan[] = [
    { name: 'portal', args: portal, healthUrl: `http://${local}:${env.PORT}/api/healthz`, patienceMs: 1_500 },
    { name: 'worker', args: [...watch, SERVER, 'worker/main.ts'], healthUrl: null, patienceMs: 10_000 },
    {
      name: 'gateway',
      args: [...watch, GATEWAY_HEAP, 'gateway/main.ts'],
      healthUrl: `http://${local}:${env.GATEWAY_PORT}/healthz`,
      patienceMs: 60_000,
      // On this machine the portal is where it is, published or not.
      variables: {
        ...GATEWAY_MALLOC,
        NODE_COMPILE_CACHE: compiledFolder(env),
        GATEHOUSE_PUBLIC_URL: env.GATEHOUSE_PUBLIC_URL ?? `http://localhost:${env.PORT}`,
      },
    },
  ]
  if (env.GATEHOUSE_SEED !== 'demo') return plans
  const healthUrl = `http://127.0.0.1:${env.SANDBOX_PORT}/healthz`
  return [...plans, { name: 'sandbox', args: [...watch, 'sandbox/main.ts'], healthUrl, patienceMs: 3_000 }]
}

/** The host to call for a process that listens on this one. */
export function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
}

/** Throws a Hindrance with one line for each port that is taken: by whom, and the variable to change. */
export async function checkPorts(env: Environment): Promise<void> {
  const names = ['PORT', 'GATEWAY_PORT', 'GATEWAY_ADMIN_PORT'] as const
  const wanted = env.GATEHOUSE_SEED === 'demo' ? [...names, 'SANDBOX_PORT' as const] : names
  const lines: string[] = []
  const seen = new Map<number, string>()
  for (const name of wanted) {
    const port = env[name]
    const twin = seen.get(port)
    if (twin) lines.push(`${name} and ${twin} are both ${port}. Give ${name} another.`)
    seen.set(port, name)
    if (await isFree(port, env.GATEHOUSE_HOST)) continue
    const holder = (await holderOf(port)) ?? 'another process'
    lines.push(
      `Port ${port} is in use by ${holder}. Stop that, or set ${name} to a free port, as in: ${name}=${port + 1000} npm start`,
    )
  }
  if (lines.length > 0) throw new Hindrance(lines.join('\n'))
}
