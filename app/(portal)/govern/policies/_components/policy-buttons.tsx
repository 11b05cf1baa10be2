import { ButtonLink } from '#components/ui/button.tsx'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { PolicyDetailDto } from '#lib/policies/schema.ts'
import { peopleChoices, teamChoices } from './choices.ts'
import {
  ArchivePolicy,
  ChangePolicy,
  CirculatePolicy,
  ConfirmPolicy,
  RequireForKeys,
  WithdrawVersion,
} from './policy-actions.tsx'

type Props = { ctx: Context; policy: PolicyDetailDto; waiting: { id: string; title: string } | null }

/** What can be done about a policy, the next thing first. */
export async function PolicyButtons({ ctx, policy, waiting }: Props) {
  const { clauseList: _, text: __, draft: ___, ...facts } = policy
  const maySee = scopeOf(ctx.actor, 'approvals.read') === 'organization'
  const decide =
    waiting && maySee ? (
      <ButtonLink href={`/approvals/${waiting.id}`} variant="primary">
        Open the decision
      </ButtonLink>
    ) : null
  if (!scopeOf(ctx.actor, 'policies.manage') || policy.archivedAt) return decide
  const [teams, people] = await Promise.all([teamChoices(ctx), peopleChoices(ctx)])
  return (
    <>
      {decide}
      <ButtonLink href={`/govern/policies/${policy.id}/edit`} variant={waiting ? 'secondary' : 'primary'}>
        {policy.inForce ? 'Write the next version' : 'Write the draft'}
      </ButtonLink>
      <WithdrawVersion policy={facts} />
      {policy.inForce || policy.open?.state === 'legal_reviewed' ? (
        <CirculatePolicy policy={facts} teams={teams} />
      ) : null}
      {policy.inForce ? <RequireForKeys policy={facts} teams={teams} /> : null}
      {policy.inForce ? <ConfirmPolicy policy={facts} /> : null}
      <ChangePolicy policy={facts} people={people} />
      <ArchivePolicy policy={facts} />
    </>
  )
}
