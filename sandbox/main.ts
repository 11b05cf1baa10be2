import { z } from 'zod'
import { startSandbox } from './server.ts'

const Environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
})

const environment = Environment.safeParse(process.env)
if (!environment.success) {
  process.stderr.write(`The sandbox provider cannot start:\n${z.prettifyError(environment.error)}\n`)
  process.exit(1)
}

const { SANDBOX_PORT: port, SANDBOX_HOST: host } = environment.data
const sandbox = await startSandbox({ port, host }).catch((error: NodeJS.ErrnoException) => {
  const reason = error.code === 'EADDRINUSE' ? `port ${port} is in use; set SANDBOX_PORT to a free one` : error.message
  process.stderr.write(`The sandbox provider cannot start: ${reason}.\n`)
  process.exit(1)
})
process.stdout.write(`sandbox provider on ${sandbox.url}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0))
  })
}
