import { dropOldRequests } from '#lib/requests/drop-old-requests.ts'
import type { Job } from './job.ts'

export const dropOldRequestsJob: Job = { name: 'drop-old-requests', cron: '40 2 * * *', run: () => dropOldRequests() }
