import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Sheet } from '#components/ui/sheet.tsx'

/** A policy that keys of some teams (null: of all) need acknowledged, and that the viewer has not acknowledged. */
export type MissingAcknowledgement = {
  id: string
  name: string
  teamIds: string[] | null
  /** The text with the button that acknowledges it. */
  reading: ReactNode
}

/** Says before a key is issued that the gateway will refuse it, and lets the viewer end that without leaving the form. */
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
      <p>The gateway refuses this key, at the latest when the days of grace are over, until you have read:</p>
      <ul className="mt-2 flex flex-wrap gap-2">
        {concerned.map(({ id, name, reading }) => (
          <li key={id}>
            <Sheet
              title={name}
              description="What you have filled in stays as it is."
              href={`/govern/policies/${id}`}
              trigger={<Button size="sm">{`Read ${name}`}</Button>}
            >
              {reading}
            </Sheet>
          </li>
        ))}
      </ul>
    </Callout>
  )
}
