import { formatMoney, formatNumber, formatPercent } from '#components/format.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Section } from '#components/page/section.tsx'
import { Stat, StatRow } from '#components/page/stat.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { BudgetDetailDto } from '#lib/budgets/schema.ts'
import { ACTION_LABELS, nano, plainMoney, SCOPE_LABELS, usedRatio, WINDOW_LABELS } from './budget-words.ts'
import { BurnDown } from './burn-down.tsx'

const SPENDERS = { team: 'Team', person: 'Person', key: 'API key' } as const

/** What is left, how long it lasts, who spends it and what happens on the way. */
export function BudgetOverview({ budget }: { budget: BudgetDetailDto }) {
  return (
    <>
      <StatRow>
        <Stat value={formatMoney(nano(budget.remainingUsd))} label="left in this period" />
        <Stat value={formatPercent(usedRatio(budget), 0)} label="of the limit spent" />
        <Stat value={formatMoney(nano(budget.leasedUsd))} label="held by gateways for calls to come" />
      </StatRow>
      <BurnDown budget={budget} />
      <Spenders budget={budget} />
      <Section title="Thresholds">
        {budget.thresholds.length === 0 ? (
          <p className="text-muted text-sm">None: nothing happens when the limit is reached.</p>
        ) : (
          <DefinitionList
            items={budget.thresholds.map(({ atUsd, percent, action }) => ({
              term: percent === null ? `USD ${plainMoney(atUsd)}` : `${percent} %, USD ${plainMoney(atUsd)}`,
              value: ACTION_LABELS[action],
            }))}
          />
        )}
      </Section>
      <Section title="About it">
        <DefinitionList
          items={[
            { term: 'Covers', value: coverText(budget) },
            { term: 'Period', value: `${WINDOW_LABELS[budget.window.kind]}, ${budget.window.timeZone}` },
          ]}
        />
      </Section>
    </>
  )
}

function Spenders({ budget }: { budget: BudgetDetailDto }) {
  const spent = Number(budget.spentUsd)
  return (
    <Section title="Who spends it" description="In this period, dearest first">
      {budget.spenders.length === 0 ? (
        <p className="text-muted text-sm">Nobody has spent anything of it yet.</p>
      ) : (
        <Table label="Who spends this budget">
          <TableHead>
            <tr>
              <TableHeader>{SPENDERS[budget.spendersBy]}</TableHeader>
              <TableHeader numeric>Requests</TableHeader>
              <TableHeader numeric>Cost, USD</TableHeader>
              <TableHeader numeric>Share</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {budget.spenders.map(({ key, label, requests, costUsd }) => (
              <TableRow key={key ?? 'none'}>
                <TableCell>{label}</TableCell>
                <TableCell numeric>{formatNumber(requests)}</TableCell>
                <TableCell numeric>{formatMoney(nano(costUsd), { currency: false })}</TableCell>
                <TableCell numeric>{formatPercent(spent > 0 ? Number(costUsd) / spent : null, 0)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

function coverText({ scope, targetName }: BudgetDetailDto): string {
  return scope === 'organization' ? 'Every call of the organization' : `${SCOPE_LABELS[scope]}: ${targetName}`
}
