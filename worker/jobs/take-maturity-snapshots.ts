import { takeEverySnapshot } from '#lib/maturity/take-snapshot.ts'
import type { Job } from './job.ts'

/** How each organization stands, kept day by day until the quarter is over. */
export const takeMaturitySnapshotsJob: Job = {
  name: 'take-maturity-snapshots',
  cron: '20 0 * * *',
  run: async () => ({ organizations: await takeEverySnapshot() }),
}
