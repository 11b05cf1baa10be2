'use server'

import { action } from '#lib/platform/action.ts'
import { archiveChannel } from './archive-channel.ts'
import { createChannel } from './create-channel.ts'
import { retryDelivery } from './retry-delivery.ts'
import { rotateSecret } from './rotate-secret.ts'
import { testChannel } from './test-channel.ts'
import { updateChannel } from './update-channel.ts'

export const createChannelAction = action(createChannel)
export const updateChannelAction = action(updateChannel)
export const archiveChannelAction = action(archiveChannel)
export const rotateSecretAction = action(rotateSecret)
export const testChannelAction = action(testChannel)
export const retryDeliveryAction = action(retryDelivery)
