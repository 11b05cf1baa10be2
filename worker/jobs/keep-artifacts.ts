import { keepEveryArtifact } from '#lib/artifacts/keep-every-artifact.ts'
import type { Job } from './job.ts'

/** Each version of a governance record becomes a commit. */
export const keepArtifactsJob: Job = {
  name: 'keep-artifacts',
  cron: '* * * * *',
  run: () => keepEveryArtifact(),
}
