import { PIPELINE } from '#gateway/pipeline/pipeline.ts'

// Loaded into a real gateway process before it starts: the stage that a request names in `x-break-stage` fails.
for (const stage of PIPELINE) {
  const run = stage.run.bind(stage)
  const broken: typeof stage.run = exchange => {
    if (exchange.header('x-break-stage') !== stage.name) return run(exchange)
    const error = new TypeError('cannot read properties of a policy that is broken')
    if (exchange.header('x-break-how') === 'later') return Promise.reject(error)
    throw error
  }
  Object.assign(stage, { run: broken })
}
