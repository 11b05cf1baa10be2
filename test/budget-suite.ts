import { newId } from '#core/ids.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import type { BudgetDto } from '#lib/budgets/schema.ts'
import { databases } from '#lib/platform/database.ts'
import { startGateway, type TestGateway } from './gateway.ts'
import { type GovernedSuite, postJson, startGovernedSuite } from './governed-suite.ts'
import { inForce } from './in-force.ts'

/** How long a lease outlives its replica in these suites. */
export const TTL_MS = 2_000
const MAX_TOKENS = 48
/** More than a request of `ask` can cost, in nano-US-dollars. */
export const MOST = BigInt(MAX_TOKENS) * 10_000n + 200n * 2_500n

export interface BudgetSuite extends GovernedSuite {
  /** What its gateways are started with. */
  env: Record<string, string>
  gateways: TestGateway[]
  /** A budget of a workload of its own, in force on every gateway. */
  makeBudget(limitUsd: string, more?: object): Promise<BudgetDto>
  /** Asks for what a budget covers. */
  ask(budget: BudgetDto, options?: Ask): Promise<Response>
}

export interface Ask {
  gateway?: TestGateway
  stream?: boolean
  headers?: Record<string, string>
}

/** A suite with several gateways whose leases are short. */
export async function startBudgetSuite(replicas: number): Promise<BudgetSuite> {
  const env = { GATEWAY_BUDGET_LEASE_TTL_MS: String(TTL_MS) }
  const suite = await startGovernedSuite(env)
  const gateways = [suite.gateway]
  while (gateways.length < replicas) gateways.push(await startGateway({ env }))
  return {
    ...suite,
    env,
    gateways,
    makeBudget: async (limitUsd, more = {}) => {
      const scope = { scope: 'workload', target: newId(), window: { kind: 'month' } }
      const input = { name: `Budget ${newId()}`, ...scope, limitUsd, ...more }
      const budget = await createBudget({ ctx: suite.org.admin, input })
      await inForce(gateways)
      return budget
    },
    ask: (budget, { gateway = suite.gateway, stream = false, headers = {} } = {}) => {
      const messages = [{ role: 'user', content: 'Say hello' }]
      const body = { model: 'sandbox-gpt', stream, max_tokens: MAX_TOKENS, messages }
      const workload = { 'x-gatehouse-workload': budget.target ?? '' }
      return postJson(`${gateway.url}/v1/chat/completions`, suite.key, body, { ...workload, ...headers })
    },
    stop: async () => {
      await Promise.all(gateways.slice(1).map(gateway => gateway.stop()))
      await suite.stop()
    },
  }
}

/** What Postgres says of a budget's period. */
export async function spentOf(budget: BudgetDto): Promise<{ spent: bigint; leased: bigint }> {
  const period = await databases().system.budgetPeriod.findFirst({ where: { budgetId: budget.id } })
  return { spent: period?.spentNanoUsd ?? 0n, leased: period?.leasedNanoUsd ?? 0n }
}

/** What the recorded requests of a budget's workload have cost. */
export async function recordedCost(budget: BudgetDto): Promise<bigint> {
  const { organizationId } = await databases().system.budget.findFirstOrThrow({ where: { id: budget.id } })
  const where = { organizationId, workload: budget.target }
  const { _sum } = await databases().system.requestEvent.aggregate({ where, _sum: { costNanoUsd: true } })
  return _sum.costNanoUsd ?? 0n
}
