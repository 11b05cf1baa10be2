import type { DetectorId } from '#core/guardrails/detector.ts'
import { newId } from '#core/ids.ts'
import { audit } from '#lib/platform/audit.ts'
import { type Context, requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { type Transaction, transact } from '#lib/platform/transaction.ts'
import { keepTier } from '#lib/tiers/keep-tier.ts'
import { DEFAULT_ACTIONS, DEFAULT_TIERS } from './default-guardrails.ts'
import { keepGuardrail } from './keep-guardrail.ts'
import { publishGuardrail } from './publish-guardrail.ts'
import { InstallGuardrailsInput } from './schema.ts'

/** Gives an organization that has none the tiers and rules that a new one begins with. */
export async function installGuardrails({ ctx, input }: VerbArgs): Promise<{ tiers: number; guardrails: number }> {
  requirePermission(ctx, 'guardrails.manage')
  parseInput(InstallGuardrailsInput, input)
  return transact(ctx, async tx => {
    const where = { organizationId: ctx.organizationId }
    if ((await tx.tier.count({ where })) > 0) throw conflict('This organization has tiers already. Change those.')
    const written = await writeDefaultGuardrails(tx, ctx)
    await audit(tx, ctx, {
      action: 'guardrails.installed',
      subject: { kind: 'organization', id: ctx.organizationId, name: 'Guardrails' },
      after: { tiers: DEFAULT_TIERS.map(tier => tier.name), rules: DEFAULT_ACTIONS },
    })
    return written
  })
}

/** Writes and publishes the default tiers and rules, in the transaction that founds an organization. */
export async function writeDefaultGuardrails(
  tx: Transaction,
  ctx: Context,
  makeId: () => string = newId,
): Promise<{ tiers: number; guardrails: number }> {
  const { organizationId } = ctx
  for (const tier of DEFAULT_TIERS) {
    const made = await tx.tier.create({ data: { id: makeId(), organizationId, ...tier } })
    await keepTier(tx, ctx, null, made, { action: null, reason: '' })
  }
  const raiseTo = DEFAULT_TIERS.at(-1)?.name ?? null
  const rules = Object.entries(DEFAULT_ACTIONS) as [DetectorId, (typeof DEFAULT_ACTIONS)[DetectorId]][]
  for (const [detector, action] of rules) {
    const actions = Object.fromEntries(DEFAULT_TIERS.map(tier => [tier.name, action]))
    const data = { id: makeId(), organizationId, detector, enabled: true, shadow: false, actions, raiseTo }
    const rule = await tx.guardrail.create({ data })
    await keepGuardrail(tx, ctx, { before: null, after: rule, action: null })
    await publishGuardrail(tx, ctx, rule)
  }
  return { tiers: DEFAULT_TIERS.length, guardrails: rules.length }
}
