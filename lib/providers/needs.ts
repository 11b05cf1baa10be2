import { needOf } from '#lib/home/need-of.ts'
import type { HomeItem } from '#lib/home/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Providers that fail their connection test, for those who set them up. */
export async function providerNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  if (!scopeOf(ctx.actor, 'providers.manage')) return []
  const where = { organizationId: ctx.organizationId, enabled: true, lastTestOk: false }
  const failing = await tx.provider.findMany({ where, orderBy: { name: 'asc' } })
  return failing.map(provider => ({
    ...needOf('provider_failing', 'danger', `/admin/providers/${provider.id}`),
    title: `${provider.name} fails its connection test`,
    detail: provider.lastTestDetail ?? '',
  }))
}
