import { writeRiskNotices } from '#lib/risks/write-risk-notices.ts'
import type { Job } from './job.ts'

export const riskNoticesJob: Job = {
  name: 'risk-notices',
  cron: '15 * * * *',
  run: async () => ({ written: await writeRiskNotices() }),
}
