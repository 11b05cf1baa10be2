import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { listDeployments } from './queries.ts'
import { DeploymentsDto } from './schema.ts'

export const deploymentOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/deployments',
    summary: 'How each model at its provider is doing, as every gateway replica measured it',
    permission: 'routes.read',
    response: DeploymentsDto,
    run: ({ ctx }) => listDeployments(ctx),
  }),
]
