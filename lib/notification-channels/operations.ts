import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { PageQuery, pageOf } from '#lib/platform/pagination.ts'
import { archiveChannel } from './archive-channel.ts'
import { createChannel } from './create-channel.ts'
import { getChannel, listDeliveries, pageOfChannels } from './queries.ts'
import { retryDelivery } from './retry-delivery.ts'
import { rotateSecret } from './rotate-secret.ts'
import {
  ChannelDto,
  ChannelWithSecretDto,
  CreateChannelInput,
  DeliveryDto,
  ListDeliveriesQuery,
  TestChannelInput,
  UpdateChannelInput,
} from './schema.ts'
import { testChannel } from './test-channel.ts'
import { updateChannel } from './update-channel.ts'

const withId = (body: unknown, params: Record<string, string>) => ({ ...(body as object), id: params.id })

export const notificationChannelOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/notification-channels',
    summary: 'List channels with what came of the last delivery of each',
    permission: 'notifications.read',
    query: PageQuery,
    response: pageOf(ChannelDto),
    run: ({ ctx, query }) => pageOfChannels(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/notification-channels',
    summary: 'Add a channel; the signing secret of a webhook is in this answer only',
    permission: 'notifications.manage',
    body: CreateChannelInput,
    response: ChannelWithSecretDto,
    status: 201,
    run: ({ ctx, body }) => createChannel({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/notification-channels/{id}',
    summary: 'One channel',
    permission: 'notifications.read',
    response: ChannelDto,
    run: ({ ctx, params }) => getChannel(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'PATCH',
    path: '/notification-channels/{id}',
    summary: 'Change or pause a channel; secrets that are left out stay',
    permission: 'notifications.manage',
    body: UpdateChannelInput.omit({ id: true }),
    response: ChannelDto,
    run: ({ ctx, params, body }) => updateChannel({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/notification-channels/{id}/archive',
    summary: 'Take a channel out of use for good; its log stays',
    permission: 'notifications.manage',
    response: z.strictObject({ id: z.uuid(), dropped: z.int() }),
    run: ({ ctx, params }) => archiveChannel({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/notification-channels/{id}/rotate-secret',
    summary: 'Give a webhook a new signing secret; the one before signs for a day as well',
    permission: 'notifications.manage',
    response: ChannelWithSecretDto,
    run: ({ ctx, params }) => rotateSecret({ ctx, input: { id: params.id } }),
  }),
  defineOperation({
    method: 'POST',
    path: '/notification-channels/{id}/test',
    summary: 'Send a test at once and tell what came of it',
    permission: 'notifications.manage',
    body: TestChannelInput.omit({ id: true }),
    response: DeliveryDto,
    run: ({ ctx, params, body }) => testChannel({ ctx, input: withId(body, params) }),
  }),
  defineOperation({
    method: 'GET',
    path: '/notification-deliveries',
    summary: 'The delivery log, newest first, with every attempt',
    permission: 'notifications.read',
    query: ListDeliveriesQuery,
    response: pageOf(DeliveryDto),
    run: ({ ctx, query }) => listDeliveries(ctx, query),
  }),
  defineOperation({
    method: 'POST',
    path: '/notification-deliveries/{id}/retry',
    summary: 'Try a failed delivery again',
    permission: 'notifications.manage',
    response: z.strictObject({ id: z.uuid(), state: z.string() }),
    run: ({ ctx, params }) => retryDelivery({ ctx, input: { id: params.id } }),
  }),
]
