import { dropOldDlpEvents } from '#lib/dlp-events/drop-old-dlp-events.ts'
import type { Job } from './job.ts'

export const dropOldDlpEventsJob: Job = {
  name: 'drop-old-dlp-events',
  cron: '50 2 * * *',
  run: () => dropOldDlpEvents(),
}
