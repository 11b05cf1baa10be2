import type { z } from 'zod'
import type { CreateModelInput, UpdateModelInput } from './schema.ts'

type Facts = Omit<z.output<typeof UpdateModelInput>, 'id'> | Omit<CreateModelInput, 'price' | 'onlyFor'>

/** The facts of a model as its record has them; what is left out stays left out. */
export function modelColumns<F extends Facts>(facts: F) {
  const { reviewBy, providerEnd, ...rest } = facts
  const midnight = (day: string | undefined) => (day ? new Date(`${day}T00:00:00Z`) : null)
  return {
    ...rest,
    ...(reviewBy === undefined ? {} : { reviewBy: midnight(reviewBy ?? undefined) }),
    ...(providerEnd === undefined
      ? {}
      : { providerEndsOn: midnight(providerEnd?.on), providerEndSource: providerEnd?.source ?? '' }),
  }
}
