import type { TierDto } from '#lib/tiers/schema.ts'

/** What may be kept of a request's content, in words. */
export const LOGGING: Record<TierDto['contentLogging'], { label: string; hint: string }> = {
  full: { label: 'Full', hint: 'Prompts and answers may be kept and read by those who may see requests.' },
  restricted: { label: 'Restricted access', hint: 'May be kept; every read of it is audited.' },
  metadata: { label: 'Metadata only', hint: 'No prompt and no answer is ever kept.' },
}
