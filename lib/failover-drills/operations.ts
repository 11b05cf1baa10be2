import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { getDrillPlan } from './drill-plan.ts'
import { getDrill, listDrills } from './queries.ts'
import { DrillDto, DrillPlanDto, ListDrillsQuery, StartDrillInput, UpdateDrillPlanInput } from './schema.ts'
import { startDrill } from './start-drill.ts'
import { updateDrillPlan } from './update-drill-plan.ts'

export const failoverDrillOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/failover-drills',
    summary: 'List failover drills with what they found',
    permission: 'routes.read',
    query: ListDrillsQuery,
    response: pageOf(DrillDto),
    run: ({ ctx, query }) => listDrills(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/failover-drills',
    summary: 'Simulate the outage of a model; the worker runs it',
    permission: 'routes.manage',
    body: StartDrillInput,
    response: DrillDto,
    status: 201,
    run: ({ ctx, body }) => startDrill({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/failover-drills/{id}',
    summary: 'One failover drill: how far it is, and its evidence once it has ended',
    permission: 'routes.read',
    response: DrillDto,
    run: ({ ctx, params }) => getDrill(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'GET',
    path: '/failover-drill-plan',
    summary: 'When failover drills come round by themselves',
    permission: 'routes.read',
    response: DrillPlanDto,
    run: ({ ctx }) => getDrillPlan(ctx),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/failover-drill-plan',
    summary: 'Change when failover drills come round and how they are judged',
    permission: 'routes.manage',
    body: UpdateDrillPlanInput,
    response: DrillPlanDto,
    run: ({ ctx, body }) => updateDrillPlan({ ctx, input: body }),
  }),
]
