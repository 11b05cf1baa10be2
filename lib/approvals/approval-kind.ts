import type { z } from 'zod'
import type { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import type { Context } from '#lib/platform/context.ts'
import type { Transaction } from '#lib/platform/transaction.ts'
import type { ApprovalRequest } from '#prisma/generated/client.ts'

/** What a carried-out approval made or changed. */
export interface CarriedOut {
  readonly kind: string
  readonly id: string
  readonly name: string
  /** The page that shows it. */
  readonly href: string
}

/** One line of what is asked for, as an approver reads it. */
export interface SnapshotLine {
  readonly label: string
  readonly before: string | null
  readonly after: string
}

/** A kind of request that people decide. The engine knows nothing of what it decides but this. */
export interface ApprovalKind {
  /** As in `budget_increase`. */
  readonly id: string
  /** In words, as in `Budget increase`. */
  readonly title: string
  /** In force until the organization keeps one of its own. */
  readonly policy: z.input<typeof ApprovalPolicy>
  /** Who may do it without a request while the policy leaves the direct way, in words; left out: nobody ever. */
  readonly directWay?: string
  /** What the snapshot says, line by line, before and after. */
  describe(snapshot: unknown): SnapshotLine[]
  /** What whoever approves this has to say, as a sentence; null, or left out: nothing. */
  approvalAsks?(snapshot: unknown): string | null
  /** The page of what it concerns; null when it has none yet. */
  href(request: Pick<ApprovalRequest, 'subjectId' | 'snapshot'>): string | null
  /**
   * What would be asked for if the request were made now; null when it could not be made any more. A snapshot that
   * differs from it is no longer what was asked for, and the request is voided instead of decided.
   */
  current(tx: Transaction, ctx: Context, request: ApprovalRequest): Promise<object | null>
  /** Does what was approved, by the verbs of its own domain, in the transaction of the last vote. */
  carryOut(tx: Transaction, ctx: Context, request: ApprovalRequest): Promise<CarriedOut | null>
  /** What becomes of the record when the answer is no; most kinds have nothing to do. */
  turnDown?(tx: Transaction, ctx: Context, request: ApprovalRequest): Promise<void>
}
