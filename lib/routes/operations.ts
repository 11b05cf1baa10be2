import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { RecordVersionDto } from '#lib/records/schema.ts'
import { archiveRoute } from './archive-route.ts'
import { createRoute } from './create-route.ts'
import { explainRouting } from './explain-routing.ts'
import { ExplainRoutingInput, RoutingExplanationDto } from './explain-schema.ts'
import { getRoute, listRoutes } from './queries.ts'
import { restoreRoute } from './restore-route.ts'
import { routeHistory } from './route-history.ts'
import { CreateRouteInput, ListRoutesQuery, RouteDto, RouteIdInput, UpdateRouteInput } from './schema.ts'
import { updateRoute } from './update-route.ts'

export const routeOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/routes',
    summary: 'List routes',
    permission: 'routes.read',
    query: ListRoutesQuery,
    response: pageOf(RouteDto),
    run: ({ ctx, query }) => listRoutes(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/routes',
    summary: 'Add a route',
    permission: 'routes.manage',
    body: CreateRouteInput,
    response: RouteDto,
    status: 201,
    run: ({ ctx, body }) => createRoute({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/routes/explain',
    summary: 'Which models a request could go to, and why one wins',
    permission: 'routes.read',
    body: ExplainRoutingInput,
    response: RoutingExplanationDto,
    run: ({ ctx, body }) => explainRouting({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/routes/{id}',
    summary: 'One route',
    permission: 'routes.read',
    response: RouteDto,
    run: ({ ctx, params }) => getRoute(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/routes/{id}',
    summary: 'Change a route; its history keeps what it was',
    permission: 'routes.manage',
    body: UpdateRouteInput.omit({ id: true }),
    response: RouteDto,
    run: ({ ctx, params, body }) => updateRoute({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/routes/{id}/archive',
    summary: 'Take a route out of force',
    permission: 'routes.manage',
    body: RouteIdInput.omit({ id: true }),
    response: RouteDto,
    run: ({ ctx, params, body }) => archiveRoute({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/routes/{id}/restore',
    summary: 'Put an archived route into force again',
    permission: 'routes.manage',
    body: RouteIdInput.omit({ id: true }),
    response: RouteDto,
    run: ({ ctx, params, body }) => restoreRoute({ ctx, input: { ...(body as object), id: params.id } }),
  }),
  defineOperation({
    method: 'GET',
    path: '/routes/{id}/versions',
    summary: 'What a route was after each change, and why',
    permission: 'routes.read',
    response: pageOf(RecordVersionDto),
    run: async ({ ctx, params }) => ({ data: await routeHistory(ctx, params.id ?? ''), nextCursor: null }),
  }),
]
