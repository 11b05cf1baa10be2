'use server'

import { action } from '#lib/platform/action.ts'
import { auditContent } from './audit-content.ts'
import { readContent } from './read-content.ts'
import { renewContentKey } from './renew-content-key.ts'
import { setContentLogging } from './set-content-logging.ts'

export const readContentAction = action(readContent)
export const setContentLoggingAction = action(setContentLogging)
export const renewContentKeyAction = action(renewContentKey)
export const auditContentAction = action(auditContent)
