import { isLoopback } from '#lib/platform/auth/demo-guard.ts'
import { systemContext } from '#lib/platform/context.ts'
import { databases } from '#lib/platform/database.ts'
import { env } from '#lib/platform/env.ts'
import { updateProvider } from './update-provider.ts'

/**
 * Points the demonstration's sandbox provider at the sandbox of this installation, whose port may have
 * changed since the seed. A sandbox elsewhere, or of a real organization, is left alone. Returns how many moved.
 */
export async function followSandbox(): Promise<number> {
  const here = `http://127.0.0.1:${env().SANDBOX_PORT}`
  const sandboxes = await databases().system.provider.findMany({
    where: { kind: 'sandbox', organization: { demo: true, removedAt: null } },
  })
  let moved = 0
  for (const { id, organizationId, baseUrl } of sandboxes) {
    const current = new URL(baseUrl)
    if (!isLoopback(current.hostname) || current.port === new URL(here).port) continue
    await updateProvider({ ctx: systemContext(organizationId, 'follow-sandbox'), input: { id, baseUrl: here } })
    moved += 1
  }
  return moved
}
