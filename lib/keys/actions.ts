'use server'

import { action } from '#lib/platform/action.ts'
import { claimKey } from './claim-key.ts'
import { issueKey } from './issue-key.ts'
import { requestKey } from './request-key.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateKey } from './rotate-key.ts'
import { setKeyData } from './set-key-data.ts'

export const issueKeyAction = action(issueKey)
export const rotateKeyAction = action(rotateKey)
export const revokeKeyAction = action(revokeKey)
export const requestKeyAction = action(requestKey)
export const setKeyDataAction = action(setKeyData)
export const claimKeyAction = action(claimKey)
