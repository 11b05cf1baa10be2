import { parentPort } from 'node:worker_threads'
import { inspectText } from '#core/guardrails/inspect-text.ts'
import { compilePattern, type OrganizationPattern } from '#core/guardrails/organization-pattern.ts'
import { type InspectionAnswer, type InspectionJob, type InspectionOrder, MOST_ORDERS } from './inspection-job.ts'

const orders = new Map<number, { wanted: ReadonlySet<string>; patterns: readonly OrganizationPattern[] }>()

/** The thread that reads large bodies, so that the gateway's own goes on serving the others. */
parentPort?.on('message', (message: InspectionJob | InspectionOrder) => {
  if ('texts' in message) parentPort?.postMessage(answer(message))
  else take(message)
})

function take({ plan, wanted, patterns }: InspectionOrder): void {
  orders.set(plan, { wanted: new Set(wanted), patterns: patterns.map(({ slug, form }) => compilePattern(slug, form)) })
  for (const oldest of orders.keys()) if (orders.size > MOST_ORDERS) orders.delete(oldest)
}

function answer({ id, plan, texts }: InspectionJob): InspectionAnswer {
  const order = orders.get(plan)
  if (!order) return { id, error: 'the order is not known here' }
  try {
    return { id, found: texts.map(text => inspectText(text, order.wanted, order.patterns)) }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : 'inspection failed' }
  }
}
