import type { ApprovalPolicy } from '#core/approvals/approval-policy.ts'
import { approversInWords, hoursInWords, quorumInWords } from '#core/approvals/policy-words.ts'

/** How a kind is decided, step by step, in sentences. */
export function PolicySteps({ policy, nameOf }: { policy: ApprovalPolicy; nameOf: (id: string) => string }) {
  return (
    <div className="text-sm">
      <ol className="flex flex-col">
        {policy.steps.map((step, at) => (
          <li key={step.name} className="grid grid-cols-[1.5rem_minmax(0,1fr)] border-line border-b py-2.5">
            <span className="text-faint tabular-nums">{at + 1}</span>
            <div>
              <p className="font-medium">{step.name}</p>
              <p className="text-muted">
                {sentence(approversInWords(step.approvers, nameOf))}: {approvesText(step.quorum)}.
                {step.escalateAfterHours !== null && step.escalateTo
                  ? ` After ${hoursInWords(step.escalateAfterHours)} also ${approversInWords(step.escalateTo, nameOf)}.`
                  : ' It does not escalate.'}
              </p>
            </div>
          </li>
        ))}
      </ol>
      <p className="pt-2.5 text-muted">
        One rejection ends it. Without a decision it expires {`after ${hoursInWords(policy.expiresAfterHours)}`}, which
        is a no.{policy.direct ? ' Whoever has the permission for it may do it without a request.' : ''}
      </p>
    </div>
  )
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function approvesText(quorum: ApprovalPolicy['steps'][number]['quorum']): string {
  return `${quorumInWords(quorum)} ${quorum === 'any' || quorum === 1 ? 'approves' : 'approve'}`
}
