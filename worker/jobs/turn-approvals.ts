import { turnApprovals } from '#lib/approvals/turn-approvals.ts'
import type { Job } from './job.ts'

/** Requests that nobody decides escalate, and in the end expire. */
export const turnApprovalsJob: Job = {
  name: 'turn-approvals',
  cron: '* * * * *',
  run: () => turnApprovals(),
}
