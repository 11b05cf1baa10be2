import { PgBoss } from 'pg-boss'
import { env } from '#lib/platform/env.ts'
import { log } from '#lib/platform/log.ts'
import { auditContentJob } from './jobs/audit-content.ts'
import { dropOldContentJob } from './jobs/drop-old-content.ts'
import { dropOldDeliveriesJob } from './jobs/drop-old-deliveries.ts'
import { dropOldDlpEventsJob } from './jobs/drop-old-dlp-events.ts'
import { dropOldRequestsJob } from './jobs/drop-old-requests.ts'
import { endOrphanedFailoversJob } from './jobs/end-orphaned-failovers.ts'
import { exemptionNoticesJob } from './jobs/exemption-notices.ts'
import { expiryNoticesJob } from './jobs/expiry-notices.ts'
import { followSandboxJob } from './jobs/follow-sandbox.ts'
import { forgetAnswersJob } from './jobs/forget-answers.ts'
import { forgetInteractionsJob } from './jobs/forget-interactions.ts'
import type { Job } from './jobs/job.ts'
import { keepArtifactsJob } from './jobs/keep-artifacts.ts'
import { keepContentKeysJob } from './jobs/keep-content-keys.ts'
import { keepPartitionsJob } from './jobs/keep-partitions.ts'
import { remindOfPoliciesJob } from './jobs/remind-of-policies.ts'
import { workloadRemindersJob } from './jobs/remind-of-workloads.ts'
import { removePlaygroundKeysJob } from './jobs/remove-playground-keys.ts'
import { riskNoticesJob } from './jobs/risk-notices.ts'
import { runBoardsJob } from './jobs/run-boards.ts'
import { startDueDrillsJob } from './jobs/start-due-drills.ts'
import { sunsetNoticesJob } from './jobs/sunset-notices.ts'
import { takeMaturitySnapshotsJob } from './jobs/take-maturity-snapshots.ts'
import { turnApprovalsJob } from './jobs/turn-approvals.ts'
import type { QueueDepth } from './metrics.ts'

export const JOBS: readonly Job[] = [
  keepPartitionsJob,
  followSandboxJob,
  dropOldRequestsJob,
  dropOldDlpEventsJob,
  dropOldDeliveriesJob,
  dropOldContentJob,
  keepContentKeysJob,
  auditContentJob,
  expiryNoticesJob,
  sunsetNoticesJob,
  exemptionNoticesJob,
  riskNoticesJob,
  workloadRemindersJob,
  endOrphanedFailoversJob,
  startDueDrillsJob,
  removePlaygroundKeysJob,
  forgetAnswersJob,
  turnApprovalsJob,
  runBoardsJob,
  remindOfPoliciesJob,
  forgetInteractionsJob,
  takeMaturitySnapshotsJob,
  keepArtifactsJob,
]

export interface Queue {
  /** Lets running jobs finish, and takes no more. */
  stop(): Promise<void>
  /** How many jobs wait and run, by queue. */
  depths(): Promise<QueueDepth[]>
}

/** Hears how a job ended, and after how many milliseconds. */
export type JobEnd = (job: string, result: 'done' | 'failed', ms: number) => void

/**
 * Works off the jobs. Any number of workers may: each occasion of a job is run by one of them. Every job also
 * runs once at the start, for a worker that was away at its time. `onEnd` hears of the end of each.
 */
export async function startQueue(onEnd: JobEnd): Promise<Queue> {
  const { DATABASE_URL } = env()
  const options = '-c role=gatehouse_system'
  const boss = new PgBoss({ connectionString: DATABASE_URL, options, schema: 'pgboss', createSchema: false, max: 4 })
  boss.on('error', error => log.error({ error: String(error) }, 'the job queue failed'))
  await boss.start()
  for (const job of JOBS) {
    await boss.createQueue(job.name, { policy: 'short', retryLimit: 3, retryBackoff: true })
    await boss.work(job.name, () => perform(job, onEnd))
    await boss.schedule(job.name, job.cron)
    await boss.send(job.name)
  }
  const names = JOBS.map(job => job.name)
  return { stop: () => boss.stop({ graceful: true, timeout: 8_000 }), depths: () => boss.getQueues(names) }
}

async function perform(job: Job, onEnd: JobEnd): Promise<void> {
  const started = performance.now()
  try {
    const result = await job.run()
    const ms = Math.round(performance.now() - started)
    onEnd(job.name, 'done', ms)
    log.info({ job: job.name, result, ms }, 'job done')
  } catch (error) {
    onEnd(job.name, 'failed', performance.now() - started)
    log.error({ job: job.name, error: error instanceof Error ? error.stack : String(error) }, 'a job failed')
    throw error
  }
}
