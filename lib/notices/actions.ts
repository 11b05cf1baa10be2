'use server'

import { action } from '#lib/platform/action.ts'
import { dismissNotice } from './dismiss-notice.ts'

export const dismissNoticeAction = action(dismissNotice)
