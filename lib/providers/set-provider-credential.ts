import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from './catalog-lock.ts'
import { checkCredential, sealCredential } from './credential.ts'
import { findProvider } from './find-provider.ts'
import { keepProvider } from './keep-provider.ts'
import { providerDto } from './provider-dto.ts'
import { publishProvider } from './publish-provider.ts'
import { type ProviderDto, SetProviderCredentialInput } from './schema.ts'

/** Gives a provider a new credential, or takes it away; the gateways use it from the next call on. */
export async function setProviderCredential({ ctx, input }: VerbArgs): Promise<ProviderDto> {
  requirePermission(ctx, 'providers.manage')
  const { id, credential } = parseInput(SetProviderCredentialInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const before = await findProvider(tx, id)
    checkCredential(before, credential)
    const after = await tx.provider.update({
      where: { id },
      data: sealCredential(id, credential),
      include: { _count: { select: { models: true } } },
    })
    const action = credential === null ? 'provider.credential_removed' : 'provider.credential_set'
    await keepProvider(tx, ctx, { before, after, action })
    await publishProvider(tx, ctx, after)
    return providerDto(after, after._count.models)
  })
}
