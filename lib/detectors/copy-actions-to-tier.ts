import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Tier } from '#prisma/generated/client.ts'
import { keepGuardrail } from './keep-guardrail.ts'
import { publishGuardrail } from './publish-guardrail.ts'
import { Actions } from './schema.ts'

/** Gives every rule an action for a new tier: that of the next tier below, or above when it is the lowest. */
export async function copyActionsToTier(tx: Transaction, ctx: Context, tier: Tier): Promise<void> {
  const where = { organizationId: ctx.organizationId }
  const tiers = await tx.tier.findMany({ where, orderBy: { rank: 'asc' } })
  const others = tiers.filter(other => other.id !== tier.id)
  const like = others.findLast(other => other.rank < tier.rank) ?? others[0]
  if (!like) return
  for (const guardrail of await tx.guardrail.findMany({ where })) {
    const actions = Actions.parse(guardrail.actions)
    const changed = { ...actions, [tier.name]: actions[like.name] ?? 'log' }
    const { id } = guardrail
    const updated = await tx.guardrail.update({ where: { id }, data: { actions: changed } })
    await keepGuardrail(tx, ctx, { before: guardrail, after: updated, action: 'guardrail.updated' })
    await publishGuardrail(tx, ctx, updated)
  }
}
