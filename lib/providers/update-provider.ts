import { regionOfAddress } from '#core/provider-address.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import type { Provider } from '#prisma/generated/client.ts'
import { lockCatalog } from './catalog-lock.ts'
import { checkCredential, NO_CREDENTIAL, openCredential } from './credential.ts'
import { checkEndpoint } from './endpoint-guard.ts'
import { checkProviderName, findProvider } from './find-provider.ts'
import { keepProvider } from './keep-provider.ts'
import { providerDto } from './provider-dto.ts'
import { publishProvider } from './publish-provider.ts'
import { type ProviderDto, UpdateProviderInput } from './schema.ts'

/** Changes a provider; `enabled: false` takes it out of use without losing anything. */
export async function updateProvider({ ctx, input }: VerbArgs): Promise<ProviderDto> {
  requirePermission(ctx, 'providers.manage')
  const { id, ...data } = parseInput(UpdateProviderInput, input)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    const before = await findProvider(tx, id)
    if (data.name !== undefined) await checkProviderName(tx, data.name, id)
    const moved = { ...before, ...data, ...regionAfter(before, data) }
    checkEndpoint(moved)
    const dropped = movesAway(before, data.baseUrl) ? NO_CREDENTIAL : null
    if (!dropped && (data.baseUrl !== undefined || data.region !== undefined)) {
      checkCredential(moved, openCredential(before))
    }
    const after = await tx.provider.update({
      where: { id },
      data: { ...data, region: moved.region, ...dropped },
      include: { _count: { select: { models: true } } },
    })
    await keepProvider(tx, ctx, { before, after, action: 'provider.updated' })
    await publishProvider(tx, ctx, after)
    return providerDto(after, after._count.models)
  })
}

/** A region that was the address's own follows the address. */
function regionAfter({ kind, baseUrl, region }: Provider, change: { baseUrl?: string; region?: string | null }) {
  if (change.region !== undefined || change.baseUrl === undefined) return {}
  return region === regionOfAddress(kind, baseUrl) ? { region: regionOfAddress(kind, change.baseUrl) } : {}
}

/** A credential given to one origin must not be sent to another by changing an address. */
function movesAway(provider: Provider, baseUrl: string | undefined): boolean {
  return baseUrl !== undefined && new URL(baseUrl).origin !== new URL(provider.baseUrl).origin
}
