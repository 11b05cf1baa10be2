import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#core/ids.ts'
import { deriveKey } from '#core/secrets.ts'

export interface TestGateway {
  url: string
  adminUrl: string
  /** Its folder's name; start another with it (as GATEWAY_NAME) to take over what it left. */
  name: string
  /** Everything it has written to its output so far. */
  output(): string
  /** Ends it as an orchestrator does, and waits; resolves to its exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
  /** Calls its admin port. */
  admin(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>
}

const MAIN = path.resolve(import.meta.dirname, '../gateway/main.ts')
const START_MS = 60_000

/** Starts a real gateway process on free ports, over the suite's database, and waits until it answers. */
export async function startGateway(options: { env?: Record<string, string> } = {}): Promise<TestGateway> {
  const [port, adminPort] = [await freePort(), await freePort()]
  const name = options.env?.GATEWAY_NAME ?? `test-${newId()}`
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    // Hundreds are started: only the first one of a file takes its types away.
    NODE_COMPILE_CACHE: path.resolve(import.meta.dirname, '../node_modules/.cache/compiled'),
    LOG_LEVEL: 'info',
    GATEWAY_PORT: String(port),
    GATEWAY_ADMIN_PORT: String(adminPort),
    GATEWAY_NAME: name,
    // A fault that one test asks for must not close the way for the next; suites about circuits set their own.
    GATEWAY_CIRCUIT_LEAST_CALLS: '10000',
    GATEWAY_MAX_PAUSE_MS: '0',
    ...options.env,
  }
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
  const url = `http://127.0.0.1:${env.GATEWAY_PORT}`
  const adminUrl = `http://127.0.0.1:${env.GATEWAY_ADMIN_PORT}`
  await untilAnswering(url, child, () => output)
  const end = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    return ended
  }
  return {
    url,
    adminUrl,
    name,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL')
    },
    admin: (method, at, body) => callAdmin(adminUrl + at, method, env.GATEHOUSE_SECRET_KEY ?? '', body),
  }
}

/** Polls until a check gives something; throws with `what` when it does not in time. */
export async function until<T>(
  what: string,
  check: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const found = await check()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`)
    await sleep(10)
  }
}

/** Waits until a gateway runs a configuration version. */
export async function untilVersion(gateway: TestGateway, version: bigint): Promise<void> {
  await until('the gateway has the change', async () => {
    const { body } = await gateway.admin('GET', '/status')
    return BigInt((body as { configVersion: string }).configVersion) >= version
  })
}

async function untilAnswering(url: string, child: ChildProcess, output: () => string): Promise<void> {
  await until(
    'the gateway answers',
    async () => {
      if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}: ${output()}`)
      const answer = await fetch(`${url}/healthz`).catch(() => null)
      return answer?.ok
    },
    START_MS,
  )
}

async function callAdmin(
  url: string,
  method: string,
  secret: string,
  body?: object,
): Promise<{ status: number; body: unknown }> {
  const token = deriveKey(secret, 'gateway-admin').toString('hex')
  const json = body ? { body: JSON.stringify(body) } : {}
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }
  const answer = await fetch(url, { method, headers, ...json })
  return { status: answer.status, body: await answer.json() }
}

/** A TCP port on loopback that nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
