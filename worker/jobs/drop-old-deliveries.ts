import { dropOldDeliveries } from '#lib/notification-channels/drop-old-deliveries.ts'
import type { Job } from './job.ts'

export const dropOldDeliveriesJob: Job = {
  name: 'drop-old-deliveries',
  cron: '55 2 * * *',
  run: () => dropOldDeliveries(),
}
