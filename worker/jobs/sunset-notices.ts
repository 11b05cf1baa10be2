import { writeSunsetNotices } from '#lib/models/write-sunset-notices.ts'
import type { Job } from './job.ts'

export const sunsetNoticesJob: Job = {
  name: 'sunset-notices',
  cron: '25 6 * * *',
  run: async () => ({ written: await writeSunsetNotices() }),
}
