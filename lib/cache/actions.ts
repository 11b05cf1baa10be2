'use server'

import { action } from '#lib/platform/action.ts'
import { archiveCachePolicy } from './archive-policy.ts'
import { createCachePolicy } from './create-policy.ts'
import { purgeCache } from './purge-cache.ts'
import { updateCachePolicy } from './update-policy.ts'

export const createCachePolicyAction = action(createCachePolicy)
export const updateCachePolicyAction = action(updateCachePolicy)
export const archiveCachePolicyAction = action(archiveCachePolicy)
export const purgeCacheAction = action(purgeCache)
