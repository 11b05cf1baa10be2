import { forgetAnswers } from '#lib/api/forget-answers.ts'
import type { Job } from './job.ts'

export const forgetAnswersJob: Job = {
  name: 'forget-answers',
  cron: '25 * * * *',
  run: async () => ({ forgotten: await forgetAnswers() }),
}
