import { audit } from '#lib/platform/audit.ts'
import { requirePermission, type VerbArgs } from '#lib/platform/context.ts'
import { parseInput } from '#lib/platform/errors.ts'
import { announce } from '#lib/platform/live.ts'
import { read, transact } from '#lib/platform/transaction.ts'
import { findProvider } from './find-provider.ts'
import { probeThroughGateway } from './probe-through-gateway.ts'
import { ProviderIdInput, type ProviderTestDto } from './schema.ts'

/** Has a gateway call the provider once and keeps what came of it. No transaction is open while the provider is called. */
export async function testProvider({ ctx, input }: VerbArgs): Promise<ProviderTestDto> {
  requirePermission(ctx, 'providers.manage')
  const { id } = parseInput(ProviderIdInput, input)
  const provider = await read(ctx, tx => findProvider(tx, id))
  const result = await probeThroughGateway(ctx.organizationId, id)
  await transact(ctx, async tx => {
    await findProvider(tx, id)
    await tx.provider.update({
      where: { id },
      data: { lastTestAt: new Date(), lastTestOk: result.ok, lastTestDetail: result.detail },
    })
    await audit(tx, ctx, {
      action: 'provider.tested',
      subject: { kind: 'provider', id, name: provider.name },
      after: { ok: result.ok, detail: result.detail },
    })
    await announce(tx, ctx, 'config', id)
  })
  return result
}
