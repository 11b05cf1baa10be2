'use server'

import { action } from '#lib/platform/action.ts'
import { createProvider } from './create-provider.ts'
import { deleteProvider } from './delete-provider.ts'
import { setProviderCredential } from './set-provider-credential.ts'
import { testProvider } from './test-provider.ts'
import { updateProvider } from './update-provider.ts'

export const createProviderAction = action(createProvider)
export const updateProviderAction = action(updateProvider)
export const deleteProviderAction = action(deleteProvider)
export const setProviderCredentialAction = action(setProviderCredential)
export const testProviderAction = action(testProvider)
