import { keepContentKeys } from '#lib/content-log/keep-content-keys.ts'
import type { Job } from './job.ts'

export const keepContentKeysJob: Job = { name: 'keep-content-keys', cron: '35 3 * * *', run: () => keepContentKeys() }
