'use server'

import { action } from '#lib/platform/action.ts'
import { dismissNotice } from './dismiss-notice.ts'
import { markRead } from './mark-read.ts'

export const dismissNoticeAction = action(dismissNotice)
export const markReadAction = action(markRead)
