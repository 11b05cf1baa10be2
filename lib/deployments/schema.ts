import { z } from 'zod'
import { DeploymentHealth } from '#core/contracts/deployment-health.ts'

/** How one replica sees a deployment. */
export const ReplicaViewDto = DeploymentHealth.omit({ organizationId: true, modelId: true, providerId: true }).extend({
  replicaId: z.uuid(),
  replica: z.string(),
  replicaRegion: z.string().nullable(),
})
export type ReplicaViewDto = z.infer<typeof ReplicaViewDto>

/** One model at its provider, as every replica that answered has measured it. */
export const DeploymentDto = z.strictObject({
  modelId: z.uuid(),
  identifier: z.string(),
  providerId: z.uuid(),
  provider: z.string(),
  /** Of the provider. */
  region: z.string().nullable(),
  /** Empty: no replica has called it lately. */
  replicas: z.array(ReplicaViewDto),
})
export type DeploymentDto = z.infer<typeof DeploymentDto>

export const DeploymentsDto = z.strictObject({
  data: z.array(DeploymentDto),
  /** Replicas that were asked and answered, and those that did not answer. */
  answered: z.array(z.string()),
  silent: z.array(z.string()),
  asOf: z.iso.datetime(),
  nextCursor: z.null(),
})
export type DeploymentsDto = z.infer<typeof DeploymentsDto>
