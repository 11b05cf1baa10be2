import type { KeyDto } from '#lib/keys/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import type { SourceChoice } from './key-facts.ts'
import { LateEditKeyData, LateRevokeKey, LateRotateKey } from './late-key-actions.tsx'

/** What the person can still do with the key; nothing once it has ended, or when it is not theirs to manage. */
export function KeyActions({
  ctx,
  record,
  sources = [],
}: {
  ctx: Context
  record: KeyDto
  sources?: readonly SourceChoice[]
}) {
  if (!mayManage(ctx, record)) return null
  const ended = record.state === 'revoked' || record.state === 'expired'
  return (
    <>
      <LateRotateKey id={record.id} name={record.name} offered={record.state === 'active'} />
      {ended || sources.length === 0 ? null : (
        <LateEditKeyData record={record} sources={sources} mayRemove={mayRemove(ctx)} />
      )}
      {ended ? null : <LateRevokeKey id={record.id} name={record.name} />}
    </>
  )
}

/** Taking a data source from a key lowers what its requests are classified as. */
function mayRemove({ actor }: Context): boolean {
  return scopeOf(actor, 'guardrails.manage') !== null
}

/** Mirrors the verbs, so that nobody is shown a button that would be refused. */
function mayManage({ actor }: Context, record: KeyDto): boolean {
  const scope = scopeOf(actor, 'keys.manage')
  if (scope === null || actor.kind !== 'person') return false
  const own = record.personId === actor.id
  return scope === 'organization' || own || (scope === 'team' && actor.ledTeamIds.includes(record.teamId))
}
