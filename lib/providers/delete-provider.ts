import { withdrawConfig } from '#lib/platform/config-publish.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { conflict, parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from './catalog-lock.ts'
import { findProvider } from './find-provider.ts'
import { keepProvider } from './keep-provider.ts'
import { ProviderIdInput } from './schema.ts'

/** Deletes a provider no model is on. Throws `conflict` otherwise: the history of its models needs it. */
export async function deleteProvider({ ctx, input }: VerbArgs): Promise<{ id: string }> {
  requirePermission(ctx, 'providers.manage')
  const { id } = parseInput(ProviderIdInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const provider = await findProvider(tx, id)
    const models = await tx.model.count({ where: { providerId: id } })
    if (models > 0) {
      throw conflict(`${provider.name} has ${models} model${models === 1 ? '' : 's'}. Disable the provider instead.`)
    }
    await tx.provider.delete({ where: { id } })
    await keepProvider(tx, ctx, { before: provider, after: null, action: 'provider.deleted' })
    await withdrawConfig(tx, ctx, 'provider', id)
    await announce(tx, ctx, 'config', id)
    return { id }
  })
}
