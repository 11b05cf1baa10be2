import 'server-only'
import { NEWS_KINDS } from '#lib/notices/news-kinds.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { listTiers } from '#lib/tiers/queries.ts'

export type ChannelChoices = {
  tiers: { value: string; label: string }[]
  news: { value: string; label: string }[]
}

/** What a channel's form chooses from. */
export async function channelChoices(ctx: Context): Promise<ChannelChoices> {
  const tiers = scopeOf(ctx.actor, 'guardrails.read') ? await listTiers(ctx) : []
  return {
    tiers: tiers.map(({ name }) => ({ value: name, label: name })),
    news: NEWS_KINDS.filter(({ kind }) => kind !== '*').map(({ kind, title }) => ({ value: kind, label: title })),
  }
}
