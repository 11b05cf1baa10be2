'use server'

import { action } from '#lib/platform/action.ts'
import { addModelSigner } from './add-model-signer.ts'
import { registerModelVersion } from './register-model-version.ts'
import { requestSignOff } from './request-sign-off.ts'
import { retireModelSigner } from './retire-model-signer.ts'

export const addModelSignerAction = action(addModelSigner)
export const retireModelSignerAction = action(retireModelSigner)
export const registerModelVersionAction = action(registerModelVersion)
export const requestSignOffAction = action(requestSignOff)
