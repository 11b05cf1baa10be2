import { newId } from '#core/ids.ts'
import { setContentLogging } from '#lib/content-log/set-content-logging.ts'
import { installGuardrails } from '#lib/detectors/install-guardrails.ts'
import { listTiers } from '#lib/tiers/queries.ts'
import { makeOrganization, type TestOrganization } from './organization.ts'

const DAY_MS = 86_400_000

/** An organization with the tiers and guardrails that all begin with, and its content log on. */
export async function withContentLog(): Promise<TestOrganization> {
  const org = await makeOrganization()
  await installGuardrails({ ctx: org.admin, input: {} })
  await setContentLogging({ ctx: org.admin, input: { enabled: true } })
  return org
}

/** A tier by its name. */
export async function tierOf(org: TestOrganization, name: string) {
  const tier = (await listTiers(org.admin)).find(one => one.name === name)
  if (!tier) throw new Error(`no tier ${name}`)
  return tier
}

/** Id and moment of a request so many days ago: a request's id begins with its time. */
export function ago(days: number): { id: string; occurredAt: string } {
  const at = Date.now() - days * DAY_MS
  const time = at.toString(16).padStart(12, '0')
  return { id: `${time.slice(0, 8)}-${time.slice(8)}${newId().slice(13)}`, occurredAt: new Date(at).toISOString() }
}
