import { remindOfWorkloads } from '#lib/workloads/remind-workloads.ts'
import type { Job } from './job.ts'

export const workloadRemindersJob: Job = {
  name: 'workload-reminders',
  cron: '35 6 * * *',
  run: async () => ({ written: await remindOfWorkloads() }),
}
