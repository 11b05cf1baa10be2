import { requireDataSources } from '#lib/data-sources/find-data-source.ts'
import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { findManagedKey } from './find-key.ts'
import { publishKey } from './publish-key.ts'
import { getKey } from './queries.ts'
import { type KeyDto, SetKeyDataInput } from './schema.ts'

/**
 * Says what data a key is used with. Whoever manages the key may add to it; taking something away lowers what its
 * requests are classified as, so that needs `guardrails.manage` besides.
 */
export async function setKeyData({ ctx, input }: VerbArgs): Promise<KeyDto> {
  requirePermission(ctx, 'keys.manage')
  const { id, dataSourceIds, reason } = parseInput(SetKeyDataInput, input)
  return transact(ctx, async tx => {
    const key = await findManagedKey(tx, ctx, id)
    const wanted = [...new Set(dataSourceIds)]
    const added = wanted.filter(source => !key.dataSourceIds.includes(source))
    const removed = key.dataSourceIds.filter(source => !wanted.includes(source))
    if (removed.length > 0) requirePermission(ctx, 'guardrails.manage')
    await requireDataSources(tx, ctx, added)
    if (added.length + removed.length > 0) {
      const changed = await tx.apiKey.update({ where: { id }, data: { dataSourceIds: wanted } })
      await audit(tx, ctx, {
        action: 'key.data_changed',
        subject: { kind: 'key', id, name: key.name },
        before: { dataSourceIds: key.dataSourceIds },
        after: { dataSourceIds: wanted },
        ...(reason ? { reason } : {}),
      })
      await publishKey(tx, ctx, changed)
      await announce(tx, ctx, 'keys', id)
    }
    return getKey({ ...ctx, tx }, id)
  })
}
