'use server'

import { action } from '#lib/platform/action.ts'
import { archiveTeam, unarchiveTeam } from './archive-team.ts'
import { createTeam } from './create-team.ts'
import { removeMember } from './remove-member.ts'
import { setMember } from './set-member.ts'
import { updateTeam } from './update-team.ts'

export const createTeamAction = action(createTeam)
export const updateTeamAction = action(updateTeam)
export const archiveTeamAction = action(archiveTeam)
export const unarchiveTeamAction = action(unarchiveTeam)
export const setMemberAction = action(setMember)
export const removeMemberAction = action(removeMember)
