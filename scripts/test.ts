import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { runChecks, type Tally } from './launch/checks.ts'
import { demandChromium } from './launch/chromium.ts'
import { demandProgram, PROMTOOL, REDIS } from './launch/programs.ts'
import { complain, Hindrance, main, say } from './launch/progress.ts'
import { run } from './launch/run.ts'

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
})

await main(async () => {
  const reports = await mkdtemp(path.join(tmpdir(), 'gatehouse-reports-'))
  const tallies = [await runChecks(), await runVitest(reports), await runPlaywright(reports)]
  await rm(reports, { recursive: true, force: true })
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
})

async function runVitest(reports: string): Promise<Tally> {
  say('unit and integration tests')
  // Found or installed once, before the suites that start it would do so at the same time.
  try {
    demandProgram(REDIS, say)
    demandProgram(PROMTOOL, say)
  } catch (error) {
    if (!(error instanceof Hindrance)) throw error
    complain(error.message)
  }
  const file = path.join(reports, 'vitest.json')
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  // A colour code around each dot would drown a log that is read as a file.
  const variables: Record<string, string> = process.stdout.isTTY ? {} : { NO_COLOR: '1' }
  const { code } = await run(['node_modules/vitest/vitest.mjs', 'run', ...reporters], { variables })
  const report = await read(file, VitestReport)
  if (!report) return { passed: 0, failed: 1 }
  const broken = report.testResults.filter(each => each.status === 'failed' && each.assertionResults.length === 0)
  return settle(report.numPassedTests, report.numFailedTests + broken.length, code)
}

async function runPlaywright(reports: string): Promise<Tally> {
  say('browser tests')
  try {
    const file = path.join(reports, 'playwright.json')
    const variables: Record<string, string> = {
      GATEHOUSE_CHROMIUM: demandChromium(say),
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    }
    const { code } = await run(['node_modules/@playwright/test/cli.js', 'test', '--reporter=dot,json'], { variables })
    const report = await read(file, PlaywrightReport)
    if (!report) return { passed: 0, failed: 1 }
    const { expected, unexpected, flaky } = report.stats
    if (flaky > 0) say(`${flaky} passed only the second time, as listed above: each wants mending`)
    return settle(expected + flaky, unexpected + report.errors.length, code)
  } catch (error) {
    if (!(error instanceof Hindrance)) throw error
    complain(error.message)
    return { passed: 0, failed: 1 }
  }
}

/** A runner that ends badly has failed even when no test of it says so. */
function settle(passed: number, failed: number, code: number): Tally {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

async function read<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    complain(`The report ${path.basename(file)} cannot be read: ${(error as Error).message}`)
    return null
  }
}
