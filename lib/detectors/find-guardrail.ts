import type { Context } from '#lib/platform/context.ts'
import { invalid, notFound } from '#lib/platform/errors.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Guardrail } from '#prisma/generated/client.ts'

/** A rule of the organization; throws `not_found` for any other. */
export async function findGuardrail(tx: Transaction, ctx: Context, id: string): Promise<Guardrail> {
  const guardrail = await tx.guardrail.findFirst({ where: { id, organizationId: ctx.organizationId } })
  if (!guardrail) throw notFound('detector')
  return guardrail
}

/** Throws `invalid_input` when a rule names a tier that the organization does not have. */
export async function requireTiers(
  tx: Transaction,
  ctx: Context,
  rule: { actions?: Record<string, unknown> | undefined; raiseTo?: string | null | undefined },
): Promise<void> {
  const tiers = await tx.tier.findMany({ where: { organizationId: ctx.organizationId } })
  const names = new Set(tiers.map(tier => tier.name))
  const known = [...names].join(', ')
  for (const name of Object.keys(rule.actions ?? {})) {
    if (!names.has(name)) throw invalid('actions', `There is no tier ${name}. There are ${known}.`)
  }
  if (rule.raiseTo && !names.has(rule.raiseTo))
    throw invalid('raiseTo', `There is no tier ${rule.raiseTo}. There are ${known}.`)
}
