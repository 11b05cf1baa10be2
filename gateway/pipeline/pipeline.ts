import { admit } from './admit.ts'
import { attribute } from './attribute.ts'
import { authenticate } from './authenticate.ts'
import { cache } from './cache.ts'
import { call } from './call.ts'
import { inspect } from './inspect.ts'
import { inspectOutput } from './inspect-output.ts'
import { record } from './record.ts'
import { resolve } from './resolve.ts'
import { route } from './route.ts'
import { settle } from './settle.ts'
import type { PipelineStage } from './stage.ts'

/** What every governed request goes through, in this order. No route has a path around it. */
export const PIPELINE: readonly PipelineStage[] = [
  authenticate,
  attribute,
  resolve,
  inspect,
  admit,
  cache,
  route,
  call,
  inspectOutput,
  settle,
  record,
]
