import type { ContentStateDto } from '#lib/content-log/schema.ts'

type Without = Exclude<ContentStateDto['kept'], 'full' | 'restricted' | null>

/** Why nothing is kept of a request, and where that is decided. */
const NOT_KEPT: Record<Without, (tier: string) => string> = {
  metadata: tier => `The tier ${tier} keeps metadata only: its prompts and answers are never stored.`,
  off: () => 'The content log was switched off, so prompts and answers were not stored.',
  no_tier: () => 'No classification tier was in force, and without one nothing is stored.',
  unanswered: () => 'The request was not answered, and of such requests nothing is stored.',
  no_room: () => 'The gateway’s disk was needed for events, so prompts and answers were not stored.',
}

/** Why there is no content to read, in a sentence. */
export function withoutContent({ state, kept, tier, retentionDays }: ContentStateDto): string {
  if (state === 'expired') {
    return retentionDays
      ? `It was kept for ${retentionDays} days, as the tier ${tier} says, and has been dropped.`
      : `It was kept, and was dropped when the tier ${tier} stopped keeping content.`
  }
  if (state === 'removed') {
    return 'It was decided to be kept and is not here: it may still be on its way from the gateway, or its tier has changed since.'
  }
  if (kept === null || kept === 'full' || kept === 'restricted') {
    return 'The gateway that served this request stored no content.'
  }
  return NOT_KEPT[kept](tier ?? 'of this request')
}
