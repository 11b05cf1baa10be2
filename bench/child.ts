import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const START_DEADLINE_MS = 20_000
const STOP_DEADLINE_MS = 5_000
/** Clock ticks per second in /proc, fixed by the kernel's interface (USER_HZ). */
const TICKS_PER_SECOND = 100

export type Child = { readonly pid: number; stop(): Promise<void> }

/**
 * Starts a Node program and waits until the URL answers (with any status).
 *
 * @throws Error with the program's last output when it ends, or does not answer in 20 s
 */
export async function startNode(args: string[], readyUrl: string, env: Record<string, string> = {}): Promise<Child> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', text => {
      output = (output + text).slice(-2000)
    })
  }
  const deadline = performance.now() + START_DEADLINE_MS
  while (!(await answers(readyUrl))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}:\n${output}`)
    if (performance.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`${args.join(' ')} does not answer on ${readyUrl}:\n${output}`)
    }
    await delay(50)
  }
  return { pid: child.pid ?? 0, stop: () => stop(child) }
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url, { signal: AbortSignal.timeout(1000) })).arrayBuffer()
    return true
  } catch {
    return false
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS)
  await ended
  clearTimeout(force)
}

/** A free TCP port on the loopback interface. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>(resolve => server.close(() => resolve()))
  if (typeof address !== 'object' || !address) throw new Error('no free port')
  return address.port
}

/** Microseconds of processor time that a process has used, user and system; null where /proc does not tell. */
export function cpuMicros(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command's name may hold spaces, so fields are counted from its closing parenthesis: utime and stime.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS_PER_SECOND
  } catch {
    return null
  }
}
