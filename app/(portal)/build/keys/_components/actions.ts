'use server'

import { z } from 'zod'
import { getKey } from '#lib/keys/queries.ts'
import { action } from '#lib/platform/action.ts'
import { parseInput } from '#lib/platform/errors.ts'

const KeyIdInput = z.strictObject({ id: z.uuid() })

export const getKeyAction = action(({ ctx, input }) => getKey(ctx, parseInput(KeyIdInput, input).id))
