import type { Observations } from '#core/maturity/facts.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import { assuranceFacts } from './facts/assurance-facts.ts'
import { boardFacts } from './facts/board-facts.ts'
import { catalogFacts } from './facts/catalog-facts.ts'
import { channelFacts } from './facts/channel-facts.ts'
import { controlFacts } from './facts/control-facts.ts'
import { evidenceFacts } from './facts/evidence-facts.ts'
import { exemptionFacts } from './facts/exemption-facts.ts'
import type { FactSource } from './facts/fact-source.ts'
import { peopleFacts } from './facts/people-facts.ts'
import { policyFacts } from './facts/policy-facts.ts'
import { trafficFacts } from './facts/traffic-facts.ts'
import { workloadFacts } from './facts/workload-facts.ts'

const SOURCES: readonly FactSource[] = [
  peopleFacts,
  catalogFacts,
  trafficFacts,
  evidenceFacts,
  controlFacts,
  boardFacts,
  assuranceFacts,
  policyFacts,
  channelFacts,
  workloadFacts,
  exemptionFacts,
]

/** Every fact of the organization as it is now, from live records and telemetry. */
export async function observe(tx: Transaction, ctx: Context, now: Date): Promise<Observations> {
  const found: Observations[] = []
  for (const source of SOURCES) found.push(await source(tx, ctx, now))
  return Object.assign({}, ...found)
}
