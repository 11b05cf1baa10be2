import { writeExemptionNotices } from '#lib/exemptions/write-exemption-notices.ts'
import type { Job } from './job.ts'

export const exemptionNoticesJob: Job = {
  name: 'exemption-notices',
  cron: '10 * * * *',
  run: async () => ({ written: await writeExemptionNotices() }),
}
