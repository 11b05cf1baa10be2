import { z } from 'zod'

/** closed: in use; open: not called; half_open: one request tries whether it works again. */
export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const
export type CircuitState = (typeof CIRCUIT_STATES)[number]

/** How one model at its provider has been doing, as one gateway replica measured it. */
export const DeploymentHealth = z.strictObject({
  organizationId: z.uuid(),
  modelId: z.uuid(),
  providerId: z.uuid(),
  circuit: z.enum(CIRCUIT_STATES),
  /** When the circuit came into that state. */
  circuitAt: z.iso.datetime(),
  /** Why it is open: the code of the last failure. */
  reason: z.string().nullable(),
  /** When an open circuit lets a request through to try. */
  probeAt: z.iso.datetime().nullable(),
  /** The provider asked for a pause until then; not an outage. */
  coolingUntil: z.iso.datetime().nullable(),
  /** Decaying averages; null: not measured lately. */
  latencyMs: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
  /** 0 to 1. */
  errorRate: z.number().nullable(),
  /** Since the replica started: calls, those of them that failed, and requests that another model took over. */
  calls: z.int(),
  failures: z.int(),
  failovers: z.int(),
})
export type DeploymentHealth = z.infer<typeof DeploymentHealth>

/** The answer of `GET /deployments?organization=<id>` on a replica's admin port. */
export const DeploymentHealthList = z.strictObject({ data: z.array(DeploymentHealth) })
export type DeploymentHealthList = z.infer<typeof DeploymentHealthList>
