import 'server-only'
import { keyHint } from '#core/api-key.ts'
import { type Context, requirePermission } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { findWorkload, seesInside } from './find-workload.ts'
import { reclaimable } from './reclaim.ts'

/** A gateway document besides its own that binds the calls of a workload. */
export interface Enforcer {
  document: string
  version: number
  effect: string
}

const EFFECTS: Readonly<Record<string, (name: string) => string>> = {
  budget: name => `Calls over the budget ${name} are refused with 402`,
  route: name => `The route ${name} chooses among its models`,
  cache_policy: name => `The cache policy ${name} keeps its answers`,
  rate_limit: name => `The rate limit ${name} paces a key of it`,
  data_source: name => `Its calls take at least the tier of ${name}`,
}

/** The documents that bind a workload's calls besides its own, with the versions the gateways run. */
export function workloadEnforcers(ctx: Context, id: string): Promise<Enforcer[]> {
  requirePermission(ctx, 'workloads.read')
  return read(ctx, async tx => {
    const { organizationId } = ctx
    const all = (await reclaimable(tx, await findWorkload(tx, ctx, id))).filter(({ kind }) => kind !== 'key')
    const documents = await tx.gatewayConfig.findMany({
      where: { organizationId, id: { in: all.map(one => one.id) }, deleted: false },
      select: { id: true, version: true },
    })
    const versions = new Map(documents.map(one => [one.id, Number(one.version)]))
    return all.flatMap(({ kind, id: document, name }) => {
      const version = versions.get(document)
      const effect = EFFECTS[kind]?.(name)
      return version === undefined || effect === undefined ? [] : [{ document: `${kind}/${document}`, version, effect }]
    })
  })
}

/** A key that is bound to a workload, as its page names it. */
export interface BoundKey {
  id: string
  name: string
  hint: string
  environment: string
  personName: string | null
  expiresAt: string
}

/** The keys in force that are bound to a workload, by name; nothing for who may not see them. */
export function workloadKeys(ctx: Context, id: string): Promise<BoundKey[]> {
  requirePermission(ctx, 'workloads.read')
  return read(ctx, async tx => {
    if (!seesInside(ctx, 'keys.read', await findWorkload(tx, ctx, id))) return []
    const keys = await tx.apiKey.findMany({
      where: { organizationId: ctx.organizationId, workloadId: id, revokedAt: null, expiresAt: { gt: new Date() } },
      include: { person: { select: { name: true } } },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: 50,
    })
    return keys.map(key => ({
      id: key.id,
      name: key.name,
      hint: keyHint(key.kind, key.publicId),
      environment: key.environment,
      personName: key.person?.name ?? null,
      expiresAt: key.expiresAt.toISOString(),
    }))
  })
}
