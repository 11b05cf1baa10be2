import 'server-only'
import { CONFIG_KINDS, type ConfigKind } from '#core/contracts/config-documents.ts'
import type { Permission } from '#core/permissions.ts'
import { type Context, requirePermission, scopeOf } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'

export interface Publication {
  version: string
  kind: ConfigKind
  id: string
  /** Null when the document was taken away, or the reader may not see every record of its kind. */
  name: string | null
  withdrawn: boolean
  publishedAt: string
}

const SEEN_WITH: Record<ConfigKind, Permission> = {
  organization: 'organization.read',
  team: 'teams.read',
  provider: 'providers.read',
  model: 'models.read',
  key: 'keys.read',
  budget: 'budgets.read',
  rate_limit: 'rateLimits.read',
  tier: 'guardrails.read',
  data_source: 'guardrails.read',
  guardrail: 'guardrails.read',
  detector: 'guardrails.read',
  content_key: 'content.list',
  route: 'routes.read',
  cache_policy: 'cache.read',
  exemption: 'exemptions.read',
  policy: 'policies.read',
  acknowledgement: 'acknowledgements.read',
  workload: 'workloads.read',
}

/** The documents that were published last, newest first: each in the version in which it stands now. */
export async function recentPublications(ctx: Context, limit = 12): Promise<Publication[]> {
  requirePermission(ctx, 'gateway.read')
  const rows = await read(
    ctx,
    tx => tx.$queryRaw<(Omit<Publication, 'version' | 'publishedAt'> & { version: bigint; at: Date })[]>`
      select version, kind, id, coalesce(doc->>'identifier', doc->>'name', doc->>'detector') as name, deleted as withdrawn,
        published_at as at
      from gateway_config where kind = any(${[...CONFIG_KINDS]}::text[]) order by version desc limit ${limit}`,
  )
  return rows.map(({ at, version, name, ...row }) => ({
    ...row,
    version: version.toString(),
    name: scopeOf(ctx.actor, SEEN_WITH[row.kind]) === 'organization' ? name : null,
    publishedAt: at.toISOString(),
  }))
}
