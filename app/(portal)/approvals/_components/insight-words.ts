import { formatCount, formatDuration } from '#components/format.ts'
import type { ApprovalInsightDto } from '#lib/approvals/dto.ts'

export const HOUR_MS = 3_600_000

/** The page's answer in a sentence. */
export function insightHeadline({ pending, decided, medianHours }: ApprovalInsightDto): string {
  if (decided === 0 && pending === 0) return 'Nothing was asked for'
  if (medianHours === null)
    return `${formatCount(pending, 'request')} ${pending === 1 ? 'waits' : 'wait'}, none has ended`
  return `Half of all requests are decided within ${formatDuration(medianHours * HOUR_MS)}`
}
