import { seed } from '#prisma/seed/run.ts'
import { joinDatabase, migrate } from './launch/database.ts'
import { readInstallation } from './launch/environment.ts'
import { Hindrance, main, say } from './launch/progress.ts'

const SCENARIOS = ['demo', 'empty'] as const

await main(async () => {
  const installation = await readInstallation('production')
  const scenario = SCENARIOS.find(name => name === (process.argv[2] ?? installation.env.GATEHOUSE_SEED))
  if (!scenario) throw new Hindrance(`There is no such scenario. Scenarios: ${SCENARIOS.join(', ')}`)
  const database = await joinDatabase(installation)
  try {
    Object.assign(process.env, installation.variables(database.url))
    await migrate(database.url)
    const sandboxUrl = `http://127.0.0.1:${installation.env.SANDBOX_PORT}`
    const result = await seed(scenario, { databaseUrl: database.url, sandboxUrl, home: installation.home })
    say(
      result.organizationId
        ? `scenario ${scenario}: organization ${result.organizationId}`
        : `scenario ${scenario}: nothing to add`,
    )
  } finally {
    await database.stop()
  }
  return 0
})
