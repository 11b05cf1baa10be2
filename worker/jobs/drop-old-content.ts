import { dropOldContent } from '#lib/content-log/drop-old-content.ts'
import type { Job } from './job.ts'

export const dropOldContentJob: Job = { name: 'drop-old-content', cron: '25 * * * *', run: () => dropOldContent() }
