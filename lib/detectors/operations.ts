import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { createDetector } from './create-detector.ts'
import { deleteDetector } from './delete-detector.ts'
import { listDetectors } from './queries.ts'
import { CreateDetectorInput, DetectorDto, TestDetectorsInput, TestResultDto, UpdateDetectorInput } from './schema.ts'
import { testDetectors } from './test-detectors.ts'
import { updateDetector } from './update-detector.ts'

export const detectorOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/detectors',
    summary: 'List detectors with their rules and what they found in seven days',
    permission: 'guardrails.read',
    response: z.strictObject({ data: z.array(DetectorDto) }),
    run: async ({ ctx }) => ({ data: await listDetectors(ctx) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/detectors',
    summary: 'Add a pattern of the organization: templates, keywords or a dictionary',
    permission: 'guardrails.manage',
    body: CreateDetectorInput,
    response: DetectorDto,
    status: 201,
    maxBodyBytes: 8 * 1_048_576,
    run: ({ ctx, body }) => createDetector({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/detectors/test',
    summary: 'Show what the detectors find in a text and what the rules would do',
    permission: 'guardrails.read',
    body: TestDetectorsInput,
    response: TestResultDto,
    run: ({ ctx, body }) => testDetectors({ ctx, input: body }),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/detectors/{id}',
    summary: 'Change what is done with what a detector finds',
    permission: 'guardrails.manage',
    body: UpdateDetectorInput.omit({ id: true }),
    response: DetectorDto,
    run: ({ ctx, params, body }) => updateDetector({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'DELETE',
    path: '/detectors/{id}',
    summary: 'Remove a pattern of the organization',
    permission: 'guardrails.manage',
    response: z.strictObject({ id: z.uuid() }),
    run: ({ ctx, params }) => deleteDetector({ ctx, input: { id: params.id } }),
  }),
]
