import { formatCount, formatDate } from '#components/format.ts'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { EmptyState } from '#components/page/empty-state.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Code } from '#components/ui/code-block.tsx'
import type { ModelDetailDto } from '#lib/models/schema.ts'
import type { ModelVersionDto, ModelVersionsDto } from '#lib/own-models/schema.ts'
import { AskForSignOff } from './ask-for-sign-off.tsx'
import { RegisterVersion } from './register-version.tsx'
import type { VersionChoices } from './version-choices.ts'

/** The versions of an own model with what they were made of, and which version answered how often. */
export function ModelVersions({
  model,
  versions: { data, answered },
  choices,
}: {
  model: ModelDetailDto
  versions: ModelVersionsDto
  /** Null: the viewer registers none. */
  choices: VersionChoices | null
}) {
  const register = choices ? (
    <RegisterVersion
      modelId={model.id}
      name={model.displayName}
      parents={data.map(({ id, label }) => ({ value: id, label }))}
      choices={choices}
    />
  ) : null
  return (
    <>
      <Section
        title={data.length > 0 ? formatCount(data.length, 'registered version') : 'No version is registered'}
        description="Of a model that the organization made itself: what it was made of, and who signed it."
        actions={data.length > 0 ? register : null}
      >
        {data.length === 0 ? (
          <EmptyState
            title="It is a vendor’s model"
            description="Register a version with its digest and signature when you made it yourself. Calls of production then wait for the review board’s sign-off."
            action={register}
          />
        ) : null}
        <ul className="flex flex-col gap-6">
          {data.map(version => (
            <li key={version.id}>
              <Version version={version} asks={choices !== null} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Which version answered" description="As evidence of the last ninety days names it.">
        {answered.length === 0 ? <p className="text-muted text-sm">No call has been answered yet.</p> : null}
        <ul className="flex flex-col text-sm">
          {answered.map(({ version, requests, lastAt }) => (
            <li
              key={version}
              className="flex flex-wrap justify-between gap-x-4 border-line border-b py-1.5 last:border-0"
            >
              <span className="wrap-anywhere min-w-0">{version}</span>
              <span className="text-muted tabular-nums">
                {formatCount(requests, 'call')}, last <RelativeTime time={lastAt} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

function Version({ version, asks }: { version: ModelVersionDto; asks: boolean }) {
  const { signedOffAt, inServiceSince } = version
  return (
    <article aria-label={`Version ${version.label}`} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium text-base">{version.label}</h3>
        {inServiceSince ? <Badge tone="ok">In service</Badge> : null}
        <Badge tone={signedOffAt ? 'ok' : 'warn'}>{signedOffAt ? 'Signed off' : 'Not signed off'}</Badge>
        {asks && !signedOffAt ? <AskForSignOff id={version.id} label={version.label} /> : null}
      </div>
      <DefinitionList
        items={[
          { term: 'Artifact', value: <Code>{version.digest}</Code> },
          { term: 'Signed by', value: `${version.signerName}, verified when it was registered` },
          { term: 'Base model', value: version.baseModel },
          { term: 'Made from', value: version.parentLabel ?? 'It is the first' },
          {
            term: 'Trained on',
            value: version.trainingData.map(({ name, tier }) => `${name} (${tier})`).join(', ') || 'Nothing is stated',
          },
          { term: 'Registered', value: `${formatDate(version.createdAt)} by ${version.registeredByName}` },
          { term: 'Answered', value: formatCount(version.requests, 'call') },
        ]}
      />
    </article>
  )
}
