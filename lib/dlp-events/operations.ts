import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { giveFeedback } from './give-feedback.ts'
import { listDlpEvents } from './queries.ts'
import { detectorRates } from './rates.ts'
import { DetectorRateDto, DlpEventDto, GiveFeedbackInput, ListDlpEventsQuery, RatesQuery } from './schema.ts'

export const dlpEventOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/dlp-events',
    summary: 'List what guardrails found, newest first, without the values',
    permission: 'guardrails.read',
    query: ListDlpEventsQuery,
    response: pageOf(DlpEventDto),
    run: ({ ctx, query }) => listDlpEvents(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/dlp-events/rates',
    summary: 'Findings and false positives by detector',
    permission: 'guardrails.read',
    query: RatesQuery,
    response: z.strictObject({ data: z.array(DetectorRateDto) }),
    run: async ({ ctx, query }) => ({ data: await detectorRates(ctx, query.days) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/dlp-events/{id}/feedback',
    summary: 'Say whether a finding was right',
    permission: 'guardrails.manage',
    body: GiveFeedbackInput.omit({ id: true }),
    response: DlpEventDto,
    run: ({ ctx, params, body }) => giveFeedback({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
