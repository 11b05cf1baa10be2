import { removePlaygroundKeys } from '#lib/playground/remove-playground-keys.ts'
import type { Job } from './job.ts'

export const removePlaygroundKeysJob: Job = {
  name: 'remove-playground-keys',
  cron: '*/10 * * * *',
  run: async () => ({ removed: await removePlaygroundKeys() }),
}
