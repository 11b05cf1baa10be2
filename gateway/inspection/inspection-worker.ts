import { parentPort } from 'node:worker_threads'
import { inspectText } from '#core/guardrails/inspect-text.ts'
import { compilePattern } from '#core/guardrails/organization-pattern.ts'
import type { InspectionAnswer, InspectionJob } from './inspection-job.ts'

/** The thread that reads large bodies, so that the gateway's own goes on serving the others. */
parentPort?.on('message', (job: InspectionJob) => parentPort?.postMessage(answer(job)))

function answer({ id, texts, wanted, patterns }: InspectionJob): InspectionAnswer {
  try {
    const compiled = patterns.map(({ slug, form }) => compilePattern(slug, form))
    const names = new Set(wanted)
    return { id, found: texts.map(text => inspectText(text, names, compiled)) }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : 'inspection failed' }
  }
}
