import { timingSafeEqual } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { DeploymentHealth } from '#core/contracts/deployment-health.ts'
import { ProbeRequest, type ProbeResult } from '#core/contracts/provider-probe.ts'
import type { ReplicaStatus } from '#core/contracts/replica-status.ts'
import { ExplainRequest, type RouteExplanation } from '#core/routing/explanation.ts'
import { sha256 } from '#core/secrets.ts'
import { errorFields } from './log.ts'
import { Refusal } from './refusal.ts'

const HealthQuery = z.strictObject({ organization: z.uuid() })

export interface AdminActions {
  status(): ReplicaStatus
  /** Loads the newest configuration; rejects when Postgres is away. */
  sync(): Promise<void>
  /** What this replica would do with a request now. Throws a Refusal when it cannot be said. */
  explain(request: ExplainRequest): RouteExplanation
  /** What it has measured of an organization's deployments. */
  health(organizationId: string): DeploymentHealth[]
  drain(): void
  /** Calls a provider once; null: this replica does not know it. */
  probe(request: ProbeRequest): Promise<ProbeResult | null>
}

/** The port for the portal: what it asks of a replica and tells it. Every call needs the token derived for it. */
export function buildAdmin(token: string, actions: AdminActions): FastifyInstance {
  const server = Fastify({ logger: false, forceCloseConnections: true })
  const expected = sha256(`Bearer ${token}`)
  server.addHook('onRequest', async (request, reply) => {
    if (timingSafeEqual(sha256(request.headers.authorization ?? ''), expected)) return
    return reply.code(401).send({ error: 'The admin port needs its bearer token.' })
  })
  server.get('/status', async () => actions.status())
  server.post('/sync', async (_request, reply) => {
    try {
      await actions.sync()
    } catch (error) {
      return reply.code(503).send({ error: errorFields(error).message })
    }
    return { configVersion: actions.status().configVersion }
  })
  server.post('/explain', async (request, reply) => {
    const parsed = ExplainRequest.safeParse(request.body)
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) })
    try {
      return actions.explain(parsed.data)
    } catch (error) {
      if (error instanceof Refusal) return reply.code(error.status).send({ error: error.message })
      throw error
    }
  })
  server.get('/deployments', async (request, reply) => {
    const parsed = HealthQuery.safeParse(request.query)
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) })
    return { data: actions.health(parsed.data.organization) }
  })
  server.post('/probe', async (request, reply) => {
    const asked = ProbeRequest.safeParse(request.body)
    if (!asked.success) return reply.code(400).send({ error: 'The body names an organization and a provider.' })
    const result = await actions.probe(asked.data)
    return result ?? reply.code(404).send({ error: 'This replica does not know the provider.' })
  })
  server.post('/drain', async (_request, reply) => {
    actions.drain()
    return reply.code(202).send({ state: 'draining' })
  })
  return server
}
