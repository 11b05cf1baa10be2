import type { Dialect } from '#core/contracts/config-documents.ts'
import { TRANSLATED_DIALECTS } from '#core/translation/conversation.ts'
import { NEAREST } from '#core/translation/translated-dialects.ts'

/** A call of the wire, and the dialect that serves it without translation. */
export interface RoutedOperation {
  readonly name: string
  readonly dialect: Dialect
}

/** The call that a model of these dialects is asked for: the client's own, or the nearest it translates to; null: none. */
export function servedAs(operation: RoutedOperation, dialects: ReadonlySet<Dialect>): string | null {
  if (dialects.has(operation.dialect)) return operation.name
  const from = TRANSLATED_DIALECTS.find(dialect => dialect === operation.name)
  return (from && NEAREST[from].find(dialect => dialects.has(dialect))) ?? null
}
