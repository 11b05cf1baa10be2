import type { z } from 'zod'
import type { Context } from '#lib/platform/context.ts'
import { notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { requireTierIn, tierNames } from '#lib/tiers/tier-name.ts'
import type { Guardrail } from '#prisma/generated/client.ts'
import type { Actions } from './schema.ts'

/** A rule of the organization; throws `not_found` for any other. */
export async function findGuardrail(tx: Transaction, ctx: Context, id: string): Promise<Guardrail> {
  const guardrail = await tx.guardrail.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!guardrail) throw notFound('detector')
  return guardrail
}

type RuleActions = z.output<typeof Actions>

/** A rule with the tiers' names as they are written here. Throws `invalid_input` for one that the organization does not have. */
export async function requireTiers<
  Rule extends { actions?: RuleActions | undefined; raiseTo?: string | null | undefined },
>(tx: Transaction, ctx: Context, rule: Rule): Promise<Rule> {
  const tiers = await tierNames(tx, ctx)
  const actions = Object.entries(rule.actions ?? {}).map(([name, action]) => [
    requireTierIn(tiers, name, 'actions'),
    action,
  ])
  return {
    ...rule,
    ...(rule.actions && { actions: Object.fromEntries(actions) }),
    ...(rule.raiseTo && { raiseTo: requireTierIn(tiers, rule.raiseTo, 'raiseTo') }),
  }
}
