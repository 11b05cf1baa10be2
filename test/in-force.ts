import { databases } from '#lib/platform/database.ts'
import { type TestGateway, until } from './gateway.ts'

/** Waits until every one of these gateways runs what has been published up to now. */
export async function inForce(gateways: readonly TestGateway[]): Promise<void> {
  const { _max } = await databases().system.gatewayConfig.aggregate({ _max: { version: true } })
  for (const gateway of gateways) {
    await until('the configuration is in force', async () => {
      const { body } = await gateway.admin('GET', '/status').catch(() => ({ body: null }))
      return BigInt((body as { configVersion: string } | null)?.configVersion ?? 0) >= (_max.version ?? 0n)
    })
  }
}
