import { keepPartitions } from '#lib/requests/keep-partitions.ts'
import type { Job } from './job.ts'

export const keepPartitionsJob: Job = {
  name: 'keep-partitions',
  cron: '17 * * * *',
  run: async () => {
    await keepPartitions()
    return {}
  },
}
