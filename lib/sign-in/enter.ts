'use server'

import { setUp } from '#lib/organizations/set-up.ts'
import { signInAction, signOutAction } from '#lib/platform/auth/sign-in-action.ts'
import { signInAsPersona } from './sign-in-as-persona.ts'
import { signInWithLink } from './sign-in-with-link.ts'

/** The ways in and out that need no session; for the forms of the sign-in pages. */
export const enterWithLink = signInAction(signInWithLink)
export const enterAsPersona = signInAction(signInAsPersona)
export const enterBySetUp = signInAction(setUp)
export const leave = signOutAction()
