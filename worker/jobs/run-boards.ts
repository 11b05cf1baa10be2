import { runBoards } from '#lib/board/run-boards.ts'
import type { Job } from './job.ts'

export const runBoardsJob: Job = {
  name: 'run-boards',
  cron: '20 * * * *',
  run: () => runBoards(),
}
