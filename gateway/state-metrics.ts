import { Counter, Gauge, type Registry } from 'prom-client'
import type { BudgetLedger } from './budgets/budget-ledger.ts'
import type { ContentShipper } from './content/content-shipper.ts'
import type { ContentKeeper } from './content/keep-content.ts'
import type { Metrics } from './metrics.ts'
import type { Deployment } from './routing/deployment.ts'

const CIRCUIT_NUMBERS = { closed: 0, half_open: 1, open: 2 } as const

/** Shows what is left of the budgets that this replica has served, as far as it knows. */
export function watchBudgets(registry: Registry, ledgers: () => Iterable<BudgetLedger>): void {
  const gauge = (name: string, help: string, nanoUsd: (ledger: BudgetLedger) => bigint) => {
    new Gauge({
      name: `gatehouse_gateway_${name}`,
      help,
      labelNames: ['budget', 'name'],
      registers: [registry],
      collect() {
        this.reset()
        for (const ledger of ledgers()) {
          const { id, document, of } = ledger.entry
          if (of === 'budget') this.set({ budget: id, name: document.name }, Number(nanoUsd(ledger)) / 1e9)
        }
      },
    })
  }
  gauge('budget_remaining_usd', 'US dollars left of a budget in its period', ledger => ledger.remaining())
  gauge('budget_limit_usd', 'US dollars that a budget allows in a period', ({ entry }) => entry.document.limitNanoUsd)
}

/** Shows how the deployments that this replica has called are doing. */
export function watchDeployments(metrics: Metrics, deployments: () => Iterable<Deployment>): void {
  const registers = [metrics.registry]
  const labelNames = ['model', 'provider'] as const
  new Gauge({
    name: 'gatehouse_gateway_circuit_state',
    help: 'Circuit of a deployment: 0 closed, 1 half open, 2 open',
    labelNames,
    registers,
    collect() {
      this.reset()
      for (const { model, provider, circuit } of deployments()) this.set({ model, provider }, CIRCUIT_NUMBERS[circuit])
    },
  })
  new Counter({
    name: 'gatehouse_gateway_failovers_total',
    help: 'Requests that another deployment took over after this one failed',
    labelNames,
    registers,
    collect() {
      this.reset()
      for (const { model, provider, failovers } of deployments()) this.inc({ model, provider }, failovers)
    },
  })
  new Counter({
    name: 'gatehouse_gateway_retries_total',
    help: 'Calls made again at the same deployment',
    registers,
    collect() {
      this.reset()
      this.inc(metrics.retries)
    },
  })
}

/** Shows what became of the content that tiers let be kept; counts are of this process. */
export function watchContent(registry: Registry, keeper: ContentKeeper, shipper: ContentShipper): void {
  const counter = (
    name: string,
    help: string,
    values: () => Readonly<Record<string, number>>,
    labelNames: string[],
  ) => {
    new Counter({
      name: `gatehouse_gateway_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset()
        for (const [reason, value] of Object.entries(values())) this.inc(labelNames.length > 0 ? { reason } : {}, value)
      },
    })
  }
  counter(
    'content_kept_total',
    'Requests whose content is in the content log',
    () => ({ kept: shipper.counts.kept }),
    [],
  )
  counter(
    'content_late_total',
    'Of these, the ones whose content was longer than a minute in the spool',
    () => ({ late: shipper.counts.late }),
    [],
  )
  counter(
    'content_dropped_total',
    'Requests whose content was to be kept and is lost: no room in the spool, no key for it, or refused by Postgres',
    () => ({
      no_room: keeper.withoutRoom,
      no_key: shipper.counts.noKey + shipper.counts.unreadable,
      refused: shipper.counts.refused,
    }),
    ['reason'],
  )
}
