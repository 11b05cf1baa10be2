import { boardNeeds } from '#lib/board/needs.ts'
import { exemptionNeeds } from '#lib/exemptions/needs.ts'
import { fleetNeeds } from '#lib/gateway-fleet/needs.ts'
import { keyNeeds } from '#lib/keys/needs.ts'
import { modelRequestNeeds } from '#lib/model-requests/needs.ts'
import { catalogNeeds } from '#lib/models/catalog-needs.ts'
import { priceNeeds, sunsetNeeds } from '#lib/models/needs.ts'
import { noticeNeeds } from '#lib/notices/needs.ts'
import { peopleNeeds } from '#lib/people/needs.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { policyNeeds } from '#lib/policies/needs.ts'
import { providerNeeds } from '#lib/providers/needs.ts'
import { riskNeeds } from '#lib/risks/needs.ts'
import { workloadNeeds } from '#lib/workloads/needs.ts'
import type { HomeItem } from './schema.ts'

type Source = (tx: Transaction, ctx: Context) => Promise<HomeItem[]>

/** What waits in each domain, from its own `needs.ts`; the order does not matter. */
const SOURCES: readonly Source[] = [
  keyNeeds,
  policyNeeds,
  providerNeeds,
  fleetNeeds,
  sunsetNeeds,
  priceNeeds,
  catalogNeeds,
  modelRequestNeeds,
  peopleNeeds,
  boardNeeds,
  exemptionNeeds,
  riskNeeds,
  workloadNeeds,
]

/** Everything that waits for the viewer, by what is due first; what has no due time follows, gravest first. */
export async function findNeeds(tx: Transaction, ctx: Context): Promise<HomeItem[]> {
  const notices = await noticeNeeds(tx, ctx)
  const said = new Set(notices.map(({ item }) => item.href))
  const items = notices.flatMap(({ item, dismissed }) => (dismissed ? [] : [item]))
  for (const source of SOURCES) items.push(...(await source(tx, ctx)).filter(item => !said.has(item.href)))
  const tones = ['danger', 'warning', 'info']
  return items.sort(
    (a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || tones.indexOf(a.tone) - tones.indexOf(b.tone),
  )
}
