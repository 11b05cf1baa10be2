import { z } from 'zod'
import { defineOperation, type Operation } from '#lib/platform/operation.ts'
import { attachFile } from './attach-file.ts'
import { commentOnRecord } from './comment-on-record.ts'
import { linkRecords } from './link-records.ts'
import { getFile, listAnnotations } from './queries.ts'
import {
  AnnotationsDto,
  AnnotationsQuery,
  AttachFileInput,
  CommentOnRecordInput,
  FileDto,
  LinkRecordsInput,
  WithdrawAnnotationInput,
} from './schema.ts'
import { withdrawAnnotation } from './withdraw-annotation.ts'

const Made = z.strictObject({ id: z.uuid() })
/** A file of 5 MiB in base64, and what goes with it. */
const MOST_BODY_BYTES = 8 * 1024 * 1024

export const annotationOperations: Operation[] = [
  defineOperation({
    method: 'GET',
    path: '/annotations',
    summary: 'List the comments, files and links of a record, newest first',
    permission: 'annotations.read',
    query: AnnotationsQuery,
    response: AnnotationsDto,
    run: ({ ctx, query }) => listAnnotations(ctx, { kind: query.recordKind, id: query.recordId }),
  }),
  defineOperation({
    method: 'POST',
    path: '/annotations/comments',
    summary: 'Comment on a record; whoever is mentioned and may see it is told',
    permission: 'annotations.write',
    body: CommentOnRecordInput,
    response: Made,
    status: 201,
    run: ({ ctx, body }) => commentOnRecord({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/annotations/files',
    summary: 'Attach a file of at most 5 MiB to a record',
    permission: 'annotations.write',
    body: AttachFileInput,
    maxBodyBytes: MOST_BODY_BYTES,
    response: Made,
    status: 201,
    run: ({ ctx, body }) => attachFile({ ctx, input: body }),
  }),
  defineOperation({
    method: 'POST',
    path: '/annotations/links',
    summary: 'Link two records; either shows the other',
    permission: 'annotations.write',
    body: LinkRecordsInput,
    response: Made,
    status: 201,
    run: ({ ctx, body }) => linkRecords({ ctx, input: body }),
  }),
  defineOperation({
    method: 'GET',
    path: '/annotations/{id}/file',
    summary: 'The content of an attached file, in base64',
    permission: 'annotations.read',
    response: FileDto,
    run: ({ ctx, params }) => getFile(ctx, params.id ?? ''),
  }),
  defineOperation({
    method: 'POST',
    path: '/annotations/{id}/withdraw',
    summary: 'Withdraw a comment, file or link; that it was there stays on record',
    permission: 'annotations.write',
    body: WithdrawAnnotationInput.omit({ id: true }),
    response: Made,
    run: ({ ctx, params, body }) => withdrawAnnotation({ ctx, input: { ...(body as object), id: params.id } }),
  }),
]
