'use server'

import { action } from '#lib/platform/action.ts'
import { attachFile } from './attach-file.ts'
import { commentOnRecord } from './comment-on-record.ts'
import { linkRecords } from './link-records.ts'
import { withdrawAnnotation } from './withdraw-annotation.ts'

export const commentOnRecordAction = action(commentOnRecord)
export const attachFileAction = action(attachFile)
export const linkRecordsAction = action(linkRecords)
export const withdrawAnnotationAction = action(withdrawAnnotation)
