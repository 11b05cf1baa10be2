import type { TierDto } from '#lib/tiers/schema.ts'

/** What may be kept of a request's content, in words. */
export const LOGGING: Record<TierDto['contentLogging'], { label: string; hint: string }> = {
  full: { label: 'Full', hint: 'Gateways keep prompts and answers, encrypted; every read of them is audited.' },
  restricted: {
    label: 'Restricted access',
    hint: 'Kept, and read only with a further permission and a stated reason.',
  },
  metadata: { label: 'Metadata only', hint: 'No prompt and no answer is ever kept; what was kept before is dropped.' },
}
