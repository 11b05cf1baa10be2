import { startGateway } from '../test/gateway.ts'
import setup from '../test/global-setup.ts'
import { startGovernedSuite } from '../test/governed-suite.ts'
import { timeRevocation } from '../test/revocation.ts'

/**
 * How long a revoked key still works on the slower of two gateway replicas: 100 trials (or as many as the first
 * argument says), each from the revocation's commit. Exits with 1 when the 99th percentile passes one second.
 */
const TRIALS = Number(process.argv[2] ?? 100)
const BAR_MS = 1_000

const teardown = await setup()
const suite = await startGovernedSuite({ LOG_LEVEL: 'error' })
const second = await startGateway({ env: { LOG_LEVEL: 'error' } })
const times: number[] = []
for (let trial = 0; trial < TRIALS; trial++) {
  times.push(await timeRevocation(suite, [suite.gateway.url, second.url]))
}
await Promise.all([suite.stop(), second.stop()])
await teardown()

times.sort((a, b) => a - b)
const quantile = (q: number) => times[Math.min(times.length - 1, Math.ceil(q * times.length) - 1)] ?? Number.NaN
const figures = [0.5, 0.95, 0.99, 1].map(q => `p${q * 100} ${quantile(q).toFixed(1)} ms`)
process.stdout.write(`revoked on two replicas, ${TRIALS} trials: ${figures.join(', ')}\n`)
process.exit(quantile(0.99) <= BAR_MS ? 0 : 1)
