import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { type InWords, keepVersion, nextVersion } from '#lib/records/keep-version.ts'
import type { Guardrail } from '#prisma/generated/client.ts'
import { detectorName } from './detector-name.ts'
import { Actions, appliesToOf } from './schema.ts'

interface GuardrailChange {
  readonly before: Guardrail | null
  /** Null: it is removed; its versions stay. */
  readonly after: Guardrail | null
  /** Null where the caller's entry stands for all that it makes at once. */
  readonly action: string | null
  /** What it looks for, of a pattern of the organization's own, as far as it may be shown. */
  readonly pattern?: object
  /** Unless given, looked up. */
  readonly name?: string
}

/** Keeps a change of a rule: its version with the difference in words, and the audit entry. */
export async function keepGuardrail(tx: Transaction, ctx: Context, change: GuardrailChange): Promise<void> {
  const { before, after, action, pattern } = change
  const rule = after ?? before
  if (!rule) return
  const record = { kind: 'guardrail', id: rule.id }
  const name = change.name ?? (await detectorName(tx, ctx, rule.detector))
  const { detector, enabled, shadow, actions, appliesTo, raiseTo } = rule
  await keepVersion(tx, ctx, {
    ...{ ...record, name, version: before ? await nextVersion(tx, ctx, record) : 1, action, reason: '' },
    document: {
      ...{ name, detector, enabled, shadow, actions, appliesTo, raiseTo },
      ...(pattern ? { pattern } : {}),
      ...(after ? {} : { removed: true }),
    },
    before: before && inWords(before),
    after: after ? inWords(after) : { ...inWords(rule), state: 'removed' },
  })
}

function inWords(rule: Guardrail): InWords {
  const actions = Object.entries(Actions.parse(rule.actions)).map(([tier, action]) => [`on ${tier}`, action] as const)
  return {
    state: rule.enabled ? (rule.shadow ? 'in shadow: it only counts' : 'in force') : 'switched off',
    where: appliesToOf(rule),
    'raises to': rule.raiseTo,
    ...Object.fromEntries(actions),
  }
}
