import { Timeline } from '#components/page/timeline.tsx'
import type { BudgetVersionDto } from '#lib/budgets/schema.ts'

/** Every version of a budget: what changed, who changed it and why. */
export function BudgetHistory({ versions }: { versions: readonly BudgetVersionDto[] }) {
  return (
    <Timeline
      label="History of this budget"
      entries={versions.map(({ id, version, createdAt, authorName, reason, changes }) => ({
        id,
        time: createdAt,
        title: version === 1 ? `Set by ${authorName}` : `Changed by ${authorName}`,
        detail: [reason, ...(version === 1 ? [] : changes.map(changeText))].filter(Boolean).join(' · ') || null,
      }))}
    />
  )
}

function changeText({ field, before, after }: BudgetVersionDto['changes'][number]): string {
  return `${field}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`
}
