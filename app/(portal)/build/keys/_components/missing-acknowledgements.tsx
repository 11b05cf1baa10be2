import Link from 'next/link'
import { Callout } from '#components/ui/callout.tsx'

/** A policy that keys of some teams (null: of all) need acknowledged, and that the viewer has not acknowledged. */
export type MissingAcknowledgement = { id: string; name: string; teamIds: string[] | null }

/** Says before a key is issued that the gateway will refuse it, and how that ends. */
export function MissingAcknowledgements({
  missing,
  teamId,
}: {
  missing: readonly MissingAcknowledgement[]
  teamId: string
}) {
  const concerned = missing.filter(({ teamIds }) => teamIds === null || teamIds.includes(teamId))
  if (concerned.length === 0) return null
  return (
    <Callout tone="warn" title="Keys of this team need your acknowledgement">
      The gateway refuses this key, at the latest when the days of grace are over, until you have read and acknowledged{' '}
      {concerned.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 ? ', ' : ''}
          <Link href={`/govern/policies/${id}`} className="text-accent-text underline underline-offset-3">
            {name}
          </Link>
        </span>
      ))}
      .
    </Callout>
  )
}
