import { followSandbox } from '#lib/providers/follow-sandbox.ts'
import type { Job } from './job.ts'

export const followSandboxJob: Job = {
  name: 'follow-sandbox',
  cron: '*/5 * * * *',
  run: async () => ({ moved: await followSandbox() }),
}
