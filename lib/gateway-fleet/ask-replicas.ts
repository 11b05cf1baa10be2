import 'server-only'
import type { z } from 'zod'
import { databases } from '#lib/platform/database.ts'
import { log } from '#lib/platform/log.ts'
import { secretKey } from '#lib/platform/secret-keys.ts'
import { LOST_AFTER_SECONDS } from './replica-silence.ts'

export interface AskedReplica {
  id: string
  name: string
  region: string | null
  adminUrl: string
}

export interface Question<T> {
  /** Of the admin port, with its query. */
  path: string
  /** Sent as JSON by POST; without one it is a GET. */
  body?: object
  answer: z.ZodType<T>
}

const DEADLINE_MS = 1_500

/** The replicas that were heard of lately and take requests. */
export function runningReplicas(): Promise<AskedReplica[]> {
  const since = new Date(Date.now() - LOST_AFTER_SECONDS * 1_000)
  return databases().system.gatewayReplica.findMany({
    where: { lastSeenAt: { gt: since }, state: { in: ['ready', 'degraded'] } },
    select: { id: true, name: true, region: true, adminUrl: true },
    orderBy: [{ region: 'asc' }, { name: 'asc' }],
  })
}

/** Asks one replica at its admin port; null when it does not answer as it should within its time. */
export async function askReplica<T>(replica: AskedReplica, { path, body, answer }: Question<T>): Promise<T | null> {
  try {
    const response = await fetch(new URL(path, replica.adminUrl), {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${secretKey('gateway-admin').toString('hex')}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 200)}`)
    return answer.parse(JSON.parse(text))
  } catch (error) {
    log.warn({ replica: replica.name, path, reason: String(error) }, 'a gateway replica did not answer')
    return null
  }
}

/** Asks every running replica at once, and tells what each said. */
export async function askReplicas<T>(question: Question<T>): Promise<{ replica: AskedReplica; answer: T | null }[]> {
  const replicas = await runningReplicas()
  return Promise.all(replicas.map(async replica => ({ replica, answer: await askReplica(replica, question) })))
}

/** The first answer that a running replica gives, one asked after the other; null when none does. */
export async function askAnyReplica<T>(question: Question<T>): Promise<T | null> {
  for (const replica of await runningReplicas()) {
    const answer = await askReplica(replica, question)
    if (answer !== null) return answer
  }
  return null
}
