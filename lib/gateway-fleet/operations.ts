import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { getReplica, listReplicas } from './queries.ts'
import { FleetDto, ReplicaDto } from './schema.ts'

export const replicaOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/gateway/replicas',
    summary: 'List gateway replicas and the configuration version each runs',
    permission: 'gateway.read',
    response: FleetDto,
    run: ({ ctx }) => listReplicas(ctx),
  }),
  defineOperation({
    method: 'GET',
    path: '/gateway/replicas/{id}',
    summary: 'One gateway replica',
    permission: 'gateway.read',
    response: ReplicaDto,
    run: ({ ctx, params }) => getReplica(ctx, params.id ?? ''),
  }),
]
