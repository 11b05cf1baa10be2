import { RelativeTime } from '#components/page/relative-time.tsx'
import { Callout } from '#components/ui/callout.tsx'
import type { PolicyDetailDto, PolicyVersionDto } from '#lib/policies/schema.ts'
import { Acknowledge } from './acknowledge.tsx'
import { PolicyText } from './policy-text.tsx'

/** The text, and whether the viewer has to acknowledge it, has done so, or is not asked. */
export function ReadPart({ policy, asked }: { policy: PolicyDetailDto; asked: PolicyVersionDto | null }) {
  if (!asked || !policy.asked) {
    return policy.text ? (
      <>
        <Callout tone="neutral">This text is not in force: nobody is asked to keep to it yet.</Callout>
        <PolicyText markdown={policy.text} />
      </>
    ) : (
      <p className="text-muted text-sm">It is being written. The text can be read when it goes to Legal.</p>
    )
  }
  const text = <PolicyText markdown={asked.text} />
  if (!policy.mine.asked) return text
  if (!policy.mine.acknowledged) {
    return (
      <Acknowledge key={asked.id} policyId={policy.id} version={policy.asked}>
        {text}
      </Acknowledge>
    )
  }
  return (
    <>
      <Callout tone="ok" live>
        You have acknowledged this policy. Version {asked.number} is asked for since{' '}
        <RelativeTime time={policy.asked.since} />.
      </Callout>
      {text}
    </>
  )
}
