import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { demandProgram, REDIS } from '#scripts/launch/programs.ts'
import { freePort, until } from '#test/gateway.ts'

export interface TestRedis {
  /** Value for GATEWAY_REDIS_URL. */
  url: string
  /** Ends the server at once, as a power cut does; its data is gone. */
  kill(): Promise<void>
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>
  /** Lets it hang: connections stay open and nothing is answered. */
  freeze(): void
  thaw(): void
  /** Ends it and removes its folder. */
  stop(): Promise<void>
}

/** Starts a real Redis server on a free port of loopback, in memory only. With a password, the URL carries it. */
export async function startRedis(options: { password?: string } = {}): Promise<TestRedis> {
  const program = demandProgram(REDIS, () => {})
  const directory = await mkdtemp(path.join(tmpdir(), 'gatehouse-redis-'))
  const port = await freePort()
  const { password } = options
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', '']
  const flags = password ? [...settings, '--requirepass', password] : settings
  let child: ChildProcess | null = null
  const start = async () => {
    child = spawn(program, flags, { stdio: 'ignore' })
    await until('Redis listens', () => listens(port))
  }
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise(resolve => child?.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
  await start()
  return {
    url: `redis://${password ? `default:${password}@` : ''}127.0.0.1:${port}`,
    kill,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    stop: async () => {
      await kill()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
