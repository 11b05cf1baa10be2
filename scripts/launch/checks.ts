import { complain, say } from './progress.ts'
import { run } from './run.ts'

/** What can be said of the sources alone, in seconds and without a database. */
const CHECKS = [
  {
    name: 'lint, format and boundaries',
    args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'] },
]

export interface Tally {
  passed: number
  failed: number
}

/** Runs every check side by side and shows what the failing ones say. */
export async function runChecks(): Promise<Tally> {
  const results = await Promise.all(
    CHECKS.map(async check => {
      const { code, output } = await run(check.args, { quiet: true })
      if (code === 0) say(`${check.name}: passed`)
      else complain(`${check.name}: failed\n${output.trim()}`)
      return code === 0
    }),
  )
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed }
}
