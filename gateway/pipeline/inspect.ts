import type { PipelineStage } from './stage.ts'

/** Where content is classified and inspected. This release has no detectors: every request passes uninspected. */
export const inspect: PipelineStage = { name: 'inspect', passThrough: true, run() {} }
