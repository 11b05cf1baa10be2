import { runChecks } from './launch/checks.ts'
import { main } from './launch/progress.ts'

await main(async () => {
  const { failed } = await runChecks()
  return failed === 0 ? 0 : 1
})
