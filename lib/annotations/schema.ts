import { z } from 'zod'
import { ANNOTATED_KINDS, MOST_FILE_BYTES } from '#core/annotations/annotated-kinds.ts'

export const ANNOTATION_KINDS = ['comment', 'file', 'link'] as const

/** Files in force that one record may have. */
export const MOST_FILES = 50

const Record = { recordKind: z.enum(ANNOTATED_KINDS), recordId: z.uuid() }
const Note = z.string().trim().max(500)

export const CommentOnRecordInput = z.strictObject({
  ...Record,
  text: z.string().trim().min(1, 'Write what you have to say.').max(4_000),
})

export const AttachFileInput = z.strictObject({
  ...Record,
  name: z
    .string()
    .trim()
    .min(1, 'the name of the file')
    .max(200)
    .regex(/^[^\p{Cc}/\\]+$/u, 'a name without slashes and control characters'),
  mediaType: z
    .string()
    .max(100)
    .regex(/^[\w.+-]+\/[\w.+-]+$/, 'a media type, such as application/pdf'),
  /** The file in base64 (RFC 4648, section 4). */
  content: z
    .base64('the file in base64')
    .min(1, 'The file is empty.')
    .max(Math.ceil(MOST_FILE_BYTES / 3) * 4, 'A file may have at most 5 MiB. Link to a larger one where it is kept.'),
  text: Note.default(''),
})

export const LinkRecordsInput = z.strictObject({
  ...Record,
  linkedKind: z.enum(ANNOTATED_KINDS),
  linkedId: z.uuid(),
  text: Note.default(''),
})

export const WithdrawAnnotationInput = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().min(1, 'why it is withdrawn, which stays on record').max(300),
})

export const AnnotationsQuery = z.strictObject({ ...Record })

export const AnnotationDto = z.strictObject({
  id: z.uuid(),
  kind: z.enum(ANNOTATION_KINDS),
  /** Empty once it is withdrawn. */
  text: z.string(),
  authorName: z.string(),
  createdAt: z.iso.datetime(),
  file: z.strictObject({ name: z.string(), mediaType: z.string(), bytes: z.int(), digest: z.string() }).nullable(),
  /** The record at the other end; without name and address for whoever may not see it. */
  link: z
    .strictObject({
      kind: z.enum(ANNOTATED_KINDS),
      id: z.uuid().nullable(),
      name: z.string().nullable(),
      href: z.string().nullable(),
    })
    .nullable(),
  withdrawn: z.strictObject({ byName: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
  /** Whether the caller may withdraw it. */
  mayWithdraw: z.boolean(),
})
export type AnnotationDto = z.infer<typeof AnnotationDto>

export const AnnotationsDto = z.strictObject({
  record: z.strictObject({ kind: z.enum(ANNOTATED_KINDS), id: z.uuid(), name: z.string(), href: z.string() }),
  data: z.array(AnnotationDto),
})
export type AnnotationsDto = z.infer<typeof AnnotationsDto>

export const FileDto = z.strictObject({
  name: z.string(),
  mediaType: z.string(),
  digest: z.string(),
  /** In base64. */
  content: z.string(),
})
