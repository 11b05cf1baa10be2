'use server'

import { action } from '#lib/platform/action.ts'
import { issueServiceToken } from './issue-service-token.ts'
import { revokeServiceToken } from './revoke-service-token.ts'

export const issueServiceTokenAction = action(issueServiceToken)
export const revokeServiceTokenAction = action(revokeServiceToken)
