import { forgetInteractions } from '#lib/notification-channels/forget-interactions.ts'
import type { Job } from './job.ts'

/** Presses of buttons outside the portal are remembered for as long as they could be sent again. */
export const forgetInteractionsJob: Job = {
  name: 'forget-interactions',
  cron: '20 * * * *',
  run: async () => ({ forgotten: await forgetInteractions() }),
}
