import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { auditContent } from './audit-content.ts'
import { getContentAudit, listContentAudits } from './audits.ts'
import { contentOverview, listContent, listContentReads } from './queries.ts'
import { readContent } from './read-content.ts'
import { renewContentKey } from './renew-content-key.ts'
import {
  AuditContentInput,
  ContentAuditDto,
  ContentDto,
  ContentEntryDto,
  ContentLoggingDto,
  ContentOverviewDto,
  ContentReadDto,
  ListContentQuery,
  ReadContentQuery,
  RenewContentKeyInput,
  SetContentLoggingInput,
} from './schema.ts'
import { setContentLogging } from './set-content-logging.ts'

export const contentLogOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/content-log',
    summary: 'List requests whose content is kept, without the content',
    permission: 'content.list',
    query: ListContentQuery,
    response: pageOf(ContentEntryDto),
    run: ({ ctx, query }) => listContent(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/content-log/overview',
    summary: 'What is kept by tier, and whether anything is',
    permission: 'content.list',
    response: ContentOverviewDto,
    run: ({ ctx }) => contentOverview(ctx),
  }),
  defineOperation({
    method: 'PUT',
    path: '/content-log/state',
    summary: 'Switch the content log on or off',
    permission: 'content.manage',
    body: SetContentLoggingInput,
    response: ContentLoggingDto,
    run: ({ ctx, body }) => setContentLogging({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/content-log/key',
    summary: 'Put a new content key into use',
    permission: 'content.manage',
    body: RenewContentKeyInput,
    response: ContentLoggingDto,
    status: 201,
    run: ({ ctx, body }) => renewContentKey({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/content-log/reads',
    summary: 'Who read content, when and why',
    permission: 'content.list',
    response: z.strictObject({ data: z.array(ContentReadDto) }),
    run: async ({ ctx }) => ({ data: await listContentReads(ctx) }),
  }),
  defineOperation({
    method: 'GET',
    path: '/content-log/audits',
    summary: 'List audits of the content log, newest first',
    permission: 'content.list',
    response: z.strictObject({ data: z.array(ContentAuditDto) }),
    run: async ({ ctx }) => ({ data: await listContentAudits(ctx) }),
  }),
  defineOperation({
    method: 'POST',
    path: '/content-log/audits',
    summary: 'Audit the content log now',
    permission: 'content.manage',
    body: AuditContentInput,
    response: ContentAuditDto,
    status: 201,
    run: ({ ctx, body }) => auditContent({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/content-log/audits/{id}',
    summary: 'One audit of the content log',
    permission: 'content.list',
    response: ContentAuditDto,
    run: ({ ctx, params }) => getContentAudit(ctx, params.id ?? ''),
  }),
  // A read with GET, although it leaves an audit entry: answers to POST are kept for repeated idempotency keys.
  defineOperation({
    method: 'GET',
    path: '/content-log/{id}',
    summary: 'Read the content of one request; every read is audited',
    permission: 'content.read',
    query: ReadContentQuery,
    response: ContentDto,
    run: ({ ctx, params, query }) => readContent({ ctx, input: { ...query, id: params.id } }),
  }),
]
