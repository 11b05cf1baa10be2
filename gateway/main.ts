import { setFlagsFromString } from 'node:v8'
import { compileThreads } from './compile.ts'
import { readGatewayEnvironment } from './environment.ts'
import { Gateway } from './gateway.ts'

// The bound on young objects that it is started with is this thread's; those beside it have smaller ones of their own.
setFlagsFromString('--max-semi-space-size=0')
// Old objects may grow by that much before they are looked through again: V8 would let them double, and what streams
// and large bodies left behind stay for a minute.
setFlagsFromString('--heap-growing-percent=40')
setFlagsFromString('--external-memory-accounted-in-global-limit')
// Every request goes the same way, so what V8 sees of it is soon what it will see: it compiles for good after 1,000
// calls where it would wait for 3,000, and a replica that was just started is as fast after a few seconds.
setFlagsFromString('--invocation-count-for-maglev=100')
setFlagsFromString('--invocation-count-for-turbofan=1000')

if (process.argv[2] === 'compile') await compileThreads()
else await start()

async function start(): Promise<void> {
  try {
    const gateway = await Gateway.start(readGatewayEnvironment())
    const drain = () => void gateway.drain().then(() => process.exit(0))
    process.once('SIGTERM', drain)
    process.once('SIGINT', drain)
  } catch (error) {
    process.stderr.write(`The gateway cannot start. ${explain(error)}\n`)
    process.exit(1)
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'The reason is unknown.'
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code !== 'EADDRINUSE') return error.message
  return `Port ${port} is in use: set GATEWAY_PORT and GATEWAY_ADMIN_PORT to free ones.`
}
