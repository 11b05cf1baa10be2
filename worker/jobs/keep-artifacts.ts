import { keepEveryArtifact } from '#lib/artifacts/keep-every-artifact.ts'
import { pushArtifacts } from '#lib/artifacts/push-artifacts.ts'
import type { Job } from './job.ts'

/** Each version of a governance record becomes a commit, and goes to the remote where there is one. */
export const keepArtifactsJob: Job = {
  name: 'keep-artifacts',
  cron: '* * * * *',
  run: async () => ({ ...(await keepEveryArtifact()), ...(await pushArtifacts()) }),
}
