import { auditEveryOrganization } from '#lib/content-log/audit-every-organization.ts'
import type { Job } from './job.ts'

export const auditContentJob: Job = { name: 'audit-content', cron: '20 4 * * *', run: () => auditEveryOrganization() }
