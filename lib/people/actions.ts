'use server'

import { action } from '#lib/platform/action.ts'
import { createPerson } from './create-person.ts'
import { deactivatePerson } from './deactivate-person.ts'
import { reactivatePerson } from './reactivate-person.ts'
import { updatePerson } from './update-person.ts'

export const createPersonAction = action(createPerson)
export const updatePersonAction = action(updatePerson)
export const deactivatePersonAction = action(deactivatePerson)
export const reactivatePersonAction = action(reactivatePerson)
