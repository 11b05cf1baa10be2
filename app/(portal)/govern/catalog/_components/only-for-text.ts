import type { OnlyFor } from '#core/catalog/only-for.ts'
import type { OnlyForText } from './only-for-fields.tsx'

export function onlyForText({ useCases, teamIds, workloads }: OnlyFor): OnlyForText {
  return { useCases: useCases.join(', '), teamIds: [...teamIds], workloads: workloads.join(', ') }
}

export function toOnlyFor({ useCases, teamIds, workloads }: OnlyForText): OnlyFor {
  return { useCases: listOf(useCases), teamIds, workloads: listOf(workloads) }
}

function listOf(text: string): string[] {
  return [...new Set(text.split(',').map(item => item.trim()))].filter(Boolean)
}
