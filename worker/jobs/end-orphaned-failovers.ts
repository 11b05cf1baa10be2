import { endOrphanedFailovers } from '#lib/failovers/end-orphaned-failovers.ts'
import type { Job } from './job.ts'

export const endOrphanedFailoversJob: Job = {
  name: 'end-orphaned-failovers',
  cron: '* * * * *',
  run: async () => ({ ended: await endOrphanedFailovers() }),
}
