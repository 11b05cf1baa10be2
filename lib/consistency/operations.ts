import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { previewApproval } from './preview-approval.ts'
import { getConsistency } from './queries.ts'
import { ConsistencyDto, PreviewDto } from './schema.ts'

export const consistencyOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/consistency',
    summary: 'Every rule that records keep among each other, with what breaks it and how to mend it',
    permission: 'consistency.read',
    response: ConsistencyDto,
    run: ({ ctx }) => getConsistency(ctx),
  }),
  defineOperation({
    method: 'GET',
    path: '/approvals/{id}/consistency',
    summary: 'What a request would break and mend if it were approved now',
    permission: 'approvals.read',
    response: PreviewDto,
    run: ({ ctx, params }) => previewApproval(ctx, params.id ?? ''),
  }),
]
