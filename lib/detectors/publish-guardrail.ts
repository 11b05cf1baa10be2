import { publishConfig } from '#lib/platform/config-publish.ts'
import type { Context } from '#lib/platform/context.ts'
import { announce } from '#lib/platform/live.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { Guardrail } from '#prisma/generated/client.ts'
import { Actions, appliesToOf } from './schema.ts'

/** Publishes a rule as the gateways know it. */
export async function publishGuardrail(tx: Transaction, ctx: Context, guardrail: Guardrail): Promise<void> {
  const { id, detector, enabled, shadow, raiseTo } = guardrail
  const appliesTo = appliesToOf(guardrail)
  const actions = Actions.parse(guardrail.actions)
  await publishConfig(tx, ctx, 'guardrail', id, { detector, enabled, shadow, appliesTo, raiseTo, actions })
  await announce(tx, ctx, 'config', id)
}
