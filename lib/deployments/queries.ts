import 'server-only'
import { DeploymentHealthList } from '#core/contracts/deployment-health.ts'
import { askReplicas } from '#lib/gateway-fleet/ask-replicas.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import type { DeploymentsDto, ReplicaViewDto } from './schema.ts'

/** How every model of the catalog that can be called is doing, asked from the replicas at this moment. */
export async function listDeployments(ctx: Context): Promise<DeploymentsDto> {
  requirePermission(ctx, 'routes.read')
  const [models, asked] = await Promise.all([callableModels(ctx), askHealth(ctx)])
  return {
    data: models.map(({ id, identifier, provider }) => ({
      modelId: id,
      identifier,
      providerId: provider.id,
      provider: provider.name,
      region: provider.region,
      replicas: asked.views.get(id) ?? [],
    })),
    answered: asked.answered,
    silent: asked.silent,
    asOf: new Date().toISOString(),
    nextCursor: null,
  }
}

export interface AskedHealth {
  /** By model. */
  views: Map<string, ReplicaViewDto[]>
  answered: string[]
  silent: string[]
}

/** What the replicas have measured of an organization's deployments. The caller has checked who asks. */
export async function askHealth({ organizationId }: Context): Promise<AskedHealth> {
  const asked = await askReplicas({
    path: `/deployments?organization=${organizationId}`,
    answer: DeploymentHealthList,
  })
  const views = new Map<string, ReplicaViewDto[]>()
  for (const { replica, answer } of asked) {
    for (const health of answer?.data ?? []) {
      if (health.organizationId !== organizationId) continue
      const { organizationId: _, modelId, providerId, ...measured } = health
      const view = { replicaId: replica.id, replica: replica.name, replicaRegion: replica.region, ...measured }
      views.set(modelId, [...(views.get(modelId) ?? []), view])
    }
  }
  const names = (heard: boolean) =>
    asked.filter(each => (each.answer !== null) === heard).map(each => each.replica.name)
  return { views, answered: names(true), silent: names(false) }
}

function callableModels(ctx: Context) {
  return read(ctx, tx =>
    tx.model.findMany({
      where: { organizationId: ctx.organizationId, lifecycle: { in: ['approved', 'restricted', 'deprecated'] } },
      select: { id: true, identifier: true, provider: { select: { id: true, name: true, region: true } } },
      orderBy: [{ provider: { name: 'asc' } }, { identifier: 'asc' }],
      take: 500,
    }),
  )
}
