import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { pageOf } from '#lib/platform/pagination.ts'
import { exportAudit } from './export-audit.ts'
import { getCheckpoint, listAuditEntries, proveEntry } from './queries.ts'
import { AuditEntryDto, CheckpointDto, ExportAuditQuery, ListAuditQuery, ProofDto } from './schema.ts'

export const auditOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/audit',
    summary: 'List audit entries, newest first',
    permission: 'audit.read',
    query: ListAuditQuery,
    response: pageOf(AuditEntryDto),
    run: ({ ctx, query }) => listAuditEntries(ctx, query),
  }),
  defineOperation({
    method: 'GET',
    path: '/audit/export',
    summary: 'Export the audit log as JSON lines, CSV or OCSF; unfiltered JSON lines can be proved',
    permission: 'audit.read',
    query: ExportAuditQuery,
    response: z.string(),
    mediaType: 'application/jsonl',
    run: ({ ctx, query }) => exportAudit({ ctx, input: query }),
  }),
  defineOperation({
    method: 'GET',
    path: '/audit/checkpoint',
    summary: 'The newest signed checkpoint of the audit log',
    permission: 'audit.read',
    response: CheckpointDto,
    run: ({ ctx }) => getCheckpoint(ctx),
  }),
  defineOperation({
    method: 'GET',
    path: '/audit/{id}/proof',
    summary: 'The proof that an entry is in the audit log',
    permission: 'audit.read',
    response: ProofDto,
    run: ({ ctx, params }) => proveEntry(ctx, params.id ?? ''),
  }),
]
