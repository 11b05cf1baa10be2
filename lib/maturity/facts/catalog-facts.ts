import { sql } from '#lib/platform/sql.ts'
import type { FactSource } from './fact-source.ts'
import { observed } from './fact-source.ts'

/** Models with what the catalog asks of them, and providers that can be called. */
export const catalogFacts: FactSource = async (tx, ctx) => {
  const { organizationId } = ctx
  const [row] = await tx.$queryRaw<Record<'models' | 'providers' | 'credentials', bigint>[]>(sql`
    with complete as (
      select m.id, m.provider_id from models m
      where m.organization_id = ${organizationId}::uuid and m.lifecycle in ('approved', 'restricted')
        and cardinality(m.tiers) > 0 and cardinality(m.capabilities) > 0 and m.context_window is not null
        and exists (select from model_prices p where p.model_id = m.id and p.valid_from <= now())
    )
    select (select count(*) from complete) as models,
      (select count(distinct provider_id) from complete) as providers,
      (select count(*) from providers where organization_id = ${organizationId}::uuid and enabled
        and (credential is not null or kind = 'sandbox')) as credentials`)
  return {
    'models.approvedComplete': observed(row?.models),
    'models.providersWithComplete': observed(row?.providers),
    'providers.withCredential': observed(row?.credentials),
  }
}
