'use server'

import { action } from '#lib/platform/action.ts'
import { proposeChanges } from './propose-changes.ts'
import { proposeFromRemote } from './propose-from-remote.ts'
import { removeRemote } from './remove-remote.ts'
import { setRemote } from './set-remote.ts'

export const setRemoteAction = action(setRemote)
export const removeRemoteAction = action(removeRemote)
export const proposeChangesAction = action(proposeChanges)
export const proposeFromRemoteAction = action(proposeFromRemote)
