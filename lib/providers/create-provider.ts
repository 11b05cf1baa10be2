import { newId } from '#core/ids.ts'
import { regionOfAddress } from '#core/provider-address.ts'
import { PROVIDER_KIND_INFO } from '#core/provider-kinds.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { invalid, parseInput } from '#lib/platform/errors.ts'
import { transact } from '#lib/platform/transaction.ts'
import { lockCatalog } from './catalog-lock.ts'
import { checkCredential, sealCredential } from './credential.ts'
import { checkEndpoint } from './endpoint-guard.ts'
import { checkProviderName } from './find-provider.ts'
import { keepProvider } from './keep-provider.ts'
import { providerDto } from './provider-dto.ts'
import { publishProvider } from './publish-provider.ts'
import { CreateProviderInput, type ProviderDto } from './schema.ts'

/** Adds a provider. Its credential is stored sealed and given back by nothing. */
export async function createProvider({ ctx, input }: VerbArgs): Promise<ProviderDto> {
  requirePermission(ctx, 'providers.manage')
  const { credential, ...given } = parseInput(CreateProviderInput, input)
  const baseUrl = given.baseUrl ?? defaultBaseUrl(given.kind)
  const region = given.region === undefined ? regionOfAddress(given.kind, baseUrl) : given.region
  const data = { ...given, baseUrl, region }
  checkEndpoint(data)
  checkCredential(data, credential)
  return transact(ctx, async tx => {
    await lockCatalog(tx, ctx)
    await checkProviderName(tx, data.name)
    const id = newId()
    const provider = await tx.provider.create({
      data: { id, organizationId: ctx.organizationId, ...data, ...sealCredential(id, credential) },
    })
    await keepProvider(tx, ctx, { before: null, after: provider, action: 'provider.created' })
    await publishProvider(tx, ctx, provider)
    return providerDto(provider, 0)
  })
}

function defaultBaseUrl(kind: CreateProviderInput['kind']): string {
  if (kind === 'sandbox') return `http://127.0.0.1:${env().SANDBOX_PORT}`
  const { baseUrl, baseUrlExample, label } = PROVIDER_KIND_INFO[kind]
  if (baseUrl === null) throw invalid('baseUrl', `${label} needs its address, such as ${baseUrlExample}.`)
  return baseUrl
}
