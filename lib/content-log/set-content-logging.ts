import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { activeContentKey, addContentKey, retireContentKey } from './content-keys.ts'
import { type ContentLoggingDto, SetContentLoggingInput } from './schema.ts'

/**
 * Switches the content log on or off: gateways keep content exactly while they have a key for it. Switched off, what
 * is kept stays until its retention ends; with `erase`, its keys are destroyed and nobody can read it again.
 */
export async function setContentLogging({ ctx, input }: VerbArgs): Promise<ContentLoggingDto> {
  requirePermission(ctx, 'content.manage')
  const { enabled, erase } = parseInput(SetContentLoggingInput, input)
  if (enabled && erase) throw invalid('erase', 'Erasing goes with switching off. Switch on again afterwards.')
  return transact(ctx, async tx => {
    const active = await activeContentKey(tx, ctx)
    let key = active
    if (enabled && !active) key = await addContentKey(tx, ctx)
    if (!enabled && active) {
      await retireContentKey(tx, ctx, active)
      key = null
    }
    const where = { organizationId: ctx.organizationId, destroyedAt: null }
    const { count: destroyed } = erase
      ? await tx.contentKey.updateMany({ where, data: { wrappedKey: null, destroyedAt: new Date() } })
      : { count: 0 }
    if (key !== active || destroyed > 0) {
      await audit(tx, ctx, {
        action: erase ? 'content_log.erased' : enabled ? 'content_log.enabled' : 'content_log.disabled',
        subject: { kind: 'organization', id: ctx.organizationId, name: 'Content log' },
        before: { enabled: active !== null },
        after: { enabled: key !== null, ...(erase ? { keysDestroyed: destroyed } : {}) },
      })
    }
    return { enabled: key !== null, keyCreatedAt: key?.createdAt.toISOString() ?? null }
  })
}
