import Link from 'next/link'
import { Callout } from '#components/ui/callout.tsx'
import { similarModels } from '#core/catalog/similar-models.ts'
import type { RequestChoices } from '#lib/model-requests/queries.ts'
import { LIFECYCLES } from '../../../../build/models/_components/lifecycle.tsx'

const MOST = 4
const link = 'text-accent-text underline underline-offset-3'

/** What the catalog has of a name, and who has asked for its like, while the name is typed. */
export function SimilarModels({ name, choices }: { name: string; choices: RequestChoices }) {
  const models = similarModels(name, choices.models).slice(0, MOST)
  const asked = similarModels(name, choices.open).slice(0, MOST)
  if (models.length + asked.length === 0) return null
  return (
    <Callout
      tone="info"
      live
      title={models.length > 0 ? 'The catalog may have what you need' : 'It is asked for already'}
    >
      <ul className="flex flex-col gap-1">
        {models.map(({ id, identifier, lifecycle }) => (
          <li key={id}>
            <Link className={link} href={`/build/models/${id}`}>
              {identifier}
            </Link>
            : {LIFECYCLES[lifecycle].label.toLowerCase()}
          </li>
        ))}
        {asked.map(({ id, identifier, requesterName }) => (
          <li key={id}>
            <Link className={link} href={`/govern/catalog/requests/${id}`}>
              {identifier}
            </Link>
            : {requesterName} has asked for it
          </li>
        ))}
      </ul>
    </Callout>
  )
}
