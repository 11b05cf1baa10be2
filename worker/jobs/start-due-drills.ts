import { startDueDrills } from '#lib/failover-drills/start-due-drills.ts'
import type { Job } from './job.ts'

export const startDueDrillsJob: Job = {
  name: 'start-due-drills',
  cron: '* * * * *',
  run: async () => ({ started: await startDueDrills() }),
}
