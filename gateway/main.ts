import { readGatewayEnvironment } from './environment.ts'
import { Gateway } from './gateway.ts'

try {
  const gateway = await Gateway.start(readGatewayEnvironment())
  const drain = () => void gateway.drain().then(() => process.exit(0))
  process.once('SIGTERM', drain)
  process.once('SIGINT', drain)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The gateway could not start.'}\n`)
  process.exit(1)
}
