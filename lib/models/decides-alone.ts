import 'server-only'
import type { Context } from '#lib/platform/context.ts'
import { read } from '#lib/platform/transaction.ts'
import { mayWiden } from './model-terms.ts'

/** Whether the viewer may let more be done with a model without asking anybody. */
export function decidesAlone(ctx: Context): Promise<boolean> {
  return read(ctx, tx => mayWiden(tx, ctx))
}
