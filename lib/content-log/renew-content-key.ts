import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { activeContentKey, addContentKey, retireContentKey } from './content-keys.ts'
import { type ContentLoggingDto, RenewContentKeyInput } from './schema.ts'

/** Puts a new key into use. What the one before sealed can still be read, until retention has dropped all of it. */
export async function renewContentKey({ ctx, input }: VerbArgs): Promise<ContentLoggingDto> {
  requirePermission(ctx, 'content.manage')
  parseInput(RenewContentKeyInput, input)
  return transact(ctx, async tx => {
    const before = await activeContentKey(tx, ctx)
    if (!before) throw conflict('The content log is switched off, so it has no key. Switch it on.')
    await retireContentKey(tx, ctx, before)
    const key = await addContentKey(tx, ctx)
    await audit(tx, ctx, {
      action: 'content_log.key_renewed',
      subject: { kind: 'organization', id: ctx.organizationId, name: 'Content log' },
      before: { keyId: before.id },
      after: { keyId: key.id },
    })
    return { enabled: true, keyCreatedAt: key.createdAt.toISOString() }
  })
}
