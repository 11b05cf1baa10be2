import { printGuidance } from './launch/guidance.ts'
import { startProduct } from './launch/product.ts'
import { main } from './launch/progress.ts'

await main(async () => {
  const product = await startProduct('production')
  await printGuidance(product)
  const asked = await product.stopped
  process.stdout.write(asked ? 'stopped\n' : 'stopped, since a process failed\n')
  process.exit(asked ? 0 : 1)
})
