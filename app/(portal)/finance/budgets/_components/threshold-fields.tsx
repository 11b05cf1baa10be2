'use client'

import { Plus, X } from 'lucide-react'
import { choicesOf } from '#components/form/choices.ts'
import { Button } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { BudgetAction } from '#core/budgets/budget.ts'
import { ACTION_LABELS } from './budget-words.ts'

export interface ThresholdText {
  percent: string
  action: BudgetAction
}

/** Shares of the limit and what happens at each. */
export function ThresholdFields({
  value,
  onChange,
  error,
}: {
  value: readonly ThresholdText[]
  onChange: (change: (before: readonly ThresholdText[]) => ThresholdText[]) => void
  error: string | undefined
}) {
  const change = (index: number, part: Partial<ThresholdText>) =>
    onChange(before => before.map((each, at) => (at === index ? { ...each, ...part } : each)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm">Thresholds</legend>
      {value.map((threshold, index) => (
        <div key={`threshold-${String(index)}`} className="flex items-center gap-2">
          <Input
            aria-label={`Threshold ${index + 1}, percent of the limit`}
            className="w-24 shrink-0 sm:w-28"
            suffix="%"
            inputMode="decimal"
            value={threshold.percent}
            onValueChange={percent => change(index, { percent })}
          />
          <Select
            aria-label={`Threshold ${index + 1}, what happens`}
            items={choicesOf(ACTION_LABELS)}
            value={threshold.action}
            onValueChange={action => change(index, { action: action as BudgetAction })}
            className="min-w-0 flex-1"
          />
          <Button
            size="icon"
            variant="ghost"
            className="shrink-0"
            aria-label={`Remove threshold ${index + 1}`}
            onClick={() => onChange(before => before.filter((_, at) => at !== index))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      {error ? <p className="text-bad-text text-xs">{error}</p> : null}
      <p className="text-muted text-xs">
        Without a threshold that refuses calls, the budget limits nothing and only tells people.
      </p>
      <div>
        <Button size="sm" onClick={() => onChange(before => [...before, { percent: '90', action: 'warn' }])}>
          <Plus aria-hidden />
          Add threshold
        </Button>
      </div>
    </fieldset>
  )
}

/** As the API takes them; what is no number is sent as it was typed, for the verb to name the rule. */
export function toThresholds(thresholds: readonly ThresholdText[]) {
  return thresholds.map(({ percent, action }) => {
    const number = Number(percent.replace(',', '.'))
    return { percent: Number.isNaN(number) ? percent : number, action }
  })
}
