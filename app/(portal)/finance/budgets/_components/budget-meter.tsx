import Link from 'next/link'
import { Meter } from '#components/ui/meter.tsx'
import type { BudgetDto } from '#lib/budgets/schema.ts'
import { courseOf, spentText, usedRatio } from './budget-words.ts'

/** How much of a budget is used and what follows; its name leads to its page. */
export function BudgetMeter({ budget, now }: { budget: BudgetDto; now: number }) {
  const { tone, note } = courseOf(budget, now)
  return (
    <Meter
      label={
        <Link href={`/finance/budgets/${budget.id}`} className="underline-offset-3 hover:underline">
          {budget.name}
        </Link>
      }
      ratio={usedRatio(budget)}
      value={spentText(budget)}
      tone={tone}
      note={note}
      thresholds={budget.thresholds.map(({ atUsd }) => Number(atUsd) / Number(budget.limitUsd)).filter(at => at < 1)}
    />
  )
}
