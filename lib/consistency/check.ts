import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'

/** Something that does not fit together, with the way to mend it. */
export interface Finding {
  /** As in the audit log. */
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string }
  /** What is wrong of this record. */
  readonly message: string
  readonly fix: { readonly text: string; readonly href: string }
}

/** One rule that records keep among each other. */
export interface ConsistencyCheck {
  /** As in `routes-name-callable-models`. */
  readonly id: string
  /** The rule as it should be: "Every route names models that can be called". */
  readonly title: string
  /** What happens while it does not hold. */
  readonly consequence: string
  /** error: something is refused, lost or unguarded; warning: it will be, or nobody answers for it. */
  readonly severity: 'error' | 'warning'
  run(tx: Transaction, ctx: Context): Promise<Finding[]>
}
