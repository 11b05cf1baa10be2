import 'server-only'
import { isId } from '#core/ids.ts'
import { findModel } from '#lib/models/find-model.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import { read, type Transaction } from '#lib/platform/transaction.ts'
import type { ModelVersion } from '#prisma/generated/client.ts'
import type { ModelVersionDto, ModelVersionsDto } from './schema.ts'

const DAY_MS = 86_400_000
const DAYS = 90
const MOST = 100

/** The versions of a model and how often each answered, as evidence tells it; throws `not_found` for an unknown model. */
export function listModelVersions(ctx: Context, modelId: string): Promise<ModelVersionsDto> {
  requirePermission(ctx, 'models.read')
  return read(ctx, async tx => {
    await findModel(tx, modelId)
    const where = { organizationId: ctx.organizationId, modelId }
    const versions = await tx.modelVersion.findMany({ where, orderBy: { id: 'desc' }, take: MOST })
    const data = await modelVersionDtos(tx, ctx, versions)
    return { data, answered: (await usesOf(tx, ctx, [modelId])).map(({ modelId: _, ...use }) => use) }
  })
}

/** A version of a model of the organization; throws `not_found` for any other. */
export async function findModelVersion(tx: Transaction, ctx: Context, id: string): Promise<ModelVersion> {
  const where = { id, organizationId: ctx.organizationId }
  const version = isId(id) ? await tx.modelVersion.findFirst({ where }) : null
  if (!version) throw notFound('model version')
  return version
}

/** As evidence names a version of a model of our own; the gateway writes the same, see gateway/events/event-line.ts. */
function evidenceName({ label, digest }: Pick<ModelVersion, 'label' | 'digest'>): string {
  return `${label} ${digest}`
}

export async function modelVersionDtos(
  tx: Transaction,
  ctx: Context,
  versions: readonly ModelVersion[],
): Promise<ModelVersionDto[]> {
  const ids = versions.flatMap(one => one.trainingDataSourceIds)
  const sources = ids.length > 0 ? await tx.dataSource.findMany({ where: { id: { in: ids } } }) : []
  const parents = await tx.modelVersion.findMany({ where: { id: { in: versions.flatMap(one => one.parentId ?? []) } } })
  const uses = await usesOf(tx, ctx, [...new Set(versions.map(({ modelId }) => modelId))])
  return versions.map(version => {
    const { organizationId, signerId, parentId, trainingDataSourceIds, registeredById, ...facts } = version
    const use = uses.find(one => one.modelId === version.modelId && one.version === evidenceName(version))
    return {
      ...facts,
      parentLabel: parents.find(({ id }) => id === parentId)?.label ?? null,
      trainingData: sources
        .filter(({ id }) => trainingDataSourceIds.includes(id))
        .map(({ id, name, tier }) => ({ id, name, tier })),
      createdAt: version.createdAt.toISOString(),
      signedOffAt: version.signedOffAt?.toISOString() ?? null,
      inServiceSince: version.inServiceSince?.toISOString() ?? null,
      requests: use?.requests ?? 0,
    }
  })
}

async function usesOf(tx: Transaction, { organizationId }: Context, modelIds: string[]) {
  const uses = await tx.modelVersionUse.groupBy({
    by: ['modelId', 'version'],
    where: { organizationId, modelId: { in: modelIds }, day: { gte: new Date(Date.now() - DAYS * DAY_MS) } },
    _sum: { requests: true },
    _max: { lastAt: true },
    orderBy: { _max: { lastAt: 'desc' } },
    take: MOST,
  })
  return uses.map(({ modelId, version, _sum, _max }) => ({
    ...{ modelId, version },
    requests: Number(_sum.requests ?? 0n),
    lastAt: (_max.lastAt ?? new Date(0)).toISOString(),
  }))
}
