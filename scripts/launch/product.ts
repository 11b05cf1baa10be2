import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { buildPortal } from './build.ts'
import { Child } from './child.ts'
import { compileGateway } from './compile.ts'
import { type Database, isEmpty, migrate, startDatabase } from './database.ts'
import { type Installation, ROOT, readInstallation } from './environment.ts'
import { leaveHome, noteProcesses, takeHome } from './home-lock.ts'
import { checkPorts, compiledFolder, planProcesses } from './plans.ts'
import { complain, Hindrance, say } from './progress.ts'

export interface Product {
  installation: Installation
  databaseUrl: string
  /** Settles when it has stopped; true when it was asked to, false when a process failed. */
  stopped: Promise<boolean>
  stop(): Promise<void>
}

const HEALTHY_WITHIN_MS = 120_000
/** A process that lived this long is started again when it dies; one that dies younger gets one more try. */
const STEADY_MS = 30_000
const RESTARTED = new Set(['gateway', 'worker'])

/** Starts everything and waits until it is healthy. Throws a Hindrance for what a person can mend. */
export async function startProduct(mode: 'production' | 'development'): Promise<Product> {
  const installation = await readInstallation(mode)
  await takeHome(installation.home)
  const launch = new Launch(installation, mode)
  try {
    await launch.start()
  } catch (error) {
    await launch.stop()
    throw error
  }
  return launch
}

class Launch implements Product {
  readonly installation: Installation
  readonly stopped: Promise<boolean>
  databaseUrl = ''
  #mode: 'production' | 'development'
  #logs: string
  #database: Database | undefined
  #children: Child[] = []
  #stopping: Promise<void> | undefined
  /** Ends a build or seed under way. */
  #abort = new AbortController()
  #tellStopped: (asked: boolean) => void = () => undefined

  constructor(installation: Installation, mode: 'production' | 'development') {
    this.installation = installation
    this.#mode = mode
    this.#logs = path.join(installation.home, 'logs')
    this.stopped = new Promise(resolve => {
      this.#tellStopped = resolve
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void this.#onSignal())
    this.#followParent()
  }

  async start(): Promise<void> {
    const { env } = this.installation
    await checkPorts(env)
    await mkdir(this.#logs, { recursive: true })
    await this.#prepare()
    this.#refuseWhenStopping()
    const variables = this.installation.variables(this.databaseUrl)
    this.#children = planProcesses(env, this.#mode).map(plan => new Child(plan, variables, this.#logs))
    await Promise.all(this.#children.map(child => child.start()))
    await this.#noteChildren()
    const deadline = performance.now() + HEALTHY_WITHIN_MS
    await Promise.all(this.#children.map(child => this.#untilHealthy(child, deadline)))
    for (const child of this.#children) void this.#watch(child)
  }

  async stop(): Promise<void> {
    this.#stopping ??= this.#stopInOrder()
    await this.#stopping
  }

  /** Side by side; what fails first ends the other, and is told. */
  async #prepare(): Promise<void> {
    const failures: unknown[] = []
    const note = (error: unknown) => {
      failures.push(error)
      this.#abort.abort()
    }
    await Promise.all([this.#prepareDatabase().catch(note), this.#prepareBuild().catch(note)])
    if (failures.length > 0) throw failures[0]
  }

  async #prepareDatabase(): Promise<void> {
    this.#database = await startDatabase(this.installation)
    this.databaseUrl = this.#database.url
    const applied = await migrate(this.databaseUrl)
    say(applied.length > 0 ? `database ready, ${applied.length} migrations applied` : 'database ready')
    const { GATEHOUSE_SEED } = this.installation.env
    if (GATEHOUSE_SEED !== 'demo' || !(await isEmpty(this.databaseUrl))) return
    say('seeding the demonstration organization …')
    await runSeed(this.installation.variables(this.databaseUrl), GATEHOUSE_SEED, this.#abort.signal)
    say('demonstration organization seeded')
  }

  async #prepareBuild(): Promise<void> {
    if (this.#mode === 'development') return
    const started = performance.now()
    const notice = setTimeout(() => say('building the portal (once for these sources) …'), 500)
    const variables = this.installation.variables('postgresql://localhost/not-used-by-a-build')
    const built = await buildPortal(variables, path.join(this.#logs, 'build.log'), this.#abort.signal)
    clearTimeout(notice)
    await compileGateway(compiledFolder(this.installation.env))
    say(built ? `portal built in ${Math.round((performance.now() - started) / 1000)} s` : 'portal built before')
  }

  async #untilHealthy(child: Child, deadline: number): Promise<void> {
    try {
      await child.untilHealthy(deadline)
    } catch (error) {
      throw new Hindrance(`${(error as Error).message}\nIts log: ${path.join(this.#logs, `${child.name}.log`)}`)
    }
    say(`${child.name} healthy`)
  }

  /** Starts a gateway or worker that died again; anything else that ends by itself ends the whole. */
  async #watch(child: Child): Promise<void> {
    let quickDeaths = 0
    for (;;) {
      const how = await child.ended
      if (this.#stopping) return
      quickDeaths = performance.now() - child.startedAt < STEADY_MS ? quickDeaths + 1 : 0
      complain(`The ${child.name} ended (${how}). Its last words:\n${child.said}`)
      if (!RESTARTED.has(child.name) || quickDeaths > 1) break
      await pause(quickDeaths * 1_000)
      if (this.#stopping) return
      await child.start()
      await this.#noteChildren()
      say(`${child.name} started again`)
    }
    await this.#end(false)
  }

  async #noteChildren(): Promise<void> {
    await noteProcesses(
      this.installation.home,
      this.#children.flatMap(child => child.pid ?? []),
    )
  }

  async #onSignal(): Promise<void> {
    if (this.#stopping) return
    say('stopping …')
    await this.#end(true)
  }

  async #end(asked: boolean): Promise<void> {
    await this.stop()
    this.#tellStopped(asked)
  }

  async #stopInOrder(): Promise<void> {
    this.#abort.abort()
    for (const child of this.#children) await child.stop()
    await this.#database?.stop()
    await leaveHome(this.installation.home)
  }

  #refuseWhenStopping(): void {
    if (this.#stopping) throw new Hindrance('Stopped before everything had started.')
  }

  /** npm does not pass on every signal: when what started this is gone, stop as well. */
  #followParent(): void {
    const parent = process.ppid
    setInterval(() => {
      if (process.ppid !== parent) void this.#onSignal()
    }, 500).unref()
  }
}

async function runSeed(variables: NodeJS.ProcessEnv, scenario: string, signal: AbortSignal): Promise<void> {
  const args = ['--conditions=react-server', path.join(ROOT, 'scripts/seed.ts'), scenario]
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: variables,
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  })
  child.on('error', () => undefined)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  const code = await new Promise(resolve => child.once('close', resolve))
  if (code !== 0) throw new Hindrance(`The seed ${scenario} failed:\n${said.trim()}`)
}
