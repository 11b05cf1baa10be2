'use server'

import { z } from 'zod'
import { fleetSummary, waitForVersion } from '#lib/gateway-fleet/queries.ts'
import { action } from '#lib/platform/action.ts'
import { parseInput } from '#lib/platform/errors.ts'

const RolloutInput = z.strictObject({ version: z.string().regex(/^\d{1,18}$/, 'a configuration version') })

export const fleetAction = action(({ ctx }) => fleetSummary(ctx))
export const rolloutAction = action(({ ctx, input }) => waitForVersion(ctx, parseInput(RolloutInput, input).version))
