import { writeExpiryNotices } from '#lib/notices/write-expiry-notices.ts'
import type { Job } from './job.ts'

export const expiryNoticesJob: Job = {
  name: 'expiry-notices',
  cron: '5 * * * *',
  run: async () => ({ written: await writeExpiryNotices() }),
}
