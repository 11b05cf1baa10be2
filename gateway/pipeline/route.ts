import { orderRequest } from '#gateway/routing/request-plan.ts'
import type { PipelineStage } from './stage.ts'

/** Orders the candidates by the route that covers the request, by what was measured, and by what budgets ask for. */
export const route: PipelineStage = { name: 'route', skippedOnHit: true, run: orderRequest }
