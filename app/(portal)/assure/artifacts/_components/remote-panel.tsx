import Link from 'next/link'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Callout } from '#components/ui/callout.tsx'
import type { RepositoryDto } from '#lib/artifacts/schema.ts'
import { RemoveRemote, SetRemote } from './remote-actions.tsx'
import { TakeProposals } from './take-proposals.tsx'

/** Where the repository goes besides, how the last push went, and what comes back from there. */
export function RemotePanel({ repository, manages }: { repository: RepositoryDto; manages: boolean }) {
  const { remote, head } = repository
  const actions = manages ? (
    <>
      <TakeProposals fromRemote={remote?.proposalsBranch ?? null} />
      <SetRemote key={JSON.stringify(remote)} remote={remote} />
      {remote ? <RemoveRemote url={remote.url} /> : null}
    </>
  ) : null
  return (
    <Section
      title="Remote"
      description={
        remote
          ? 'Every commit is pushed there within a minute, never by force'
          : 'The repository is kept by the worker. Push it to a Git server as well, so that others can read it and propose changes'
      }
      actions={actions}
    >
      {remote ? (
        <div className="flex flex-col gap-3">
          {remote.problem ? (
            <Callout tone="bad" title="The last push did not go through">
              {remote.problem}
            </Callout>
          ) : null}
          <DefinitionList
            items={[
              { term: 'Address', value: <span className="break-all">{remote.url}</span> },
              { term: 'Branch', value: `${remote.branch}, proposals on ${remote.proposalsBranch}` },
              {
                term: 'Pushed',
                value: remote.pushedAt ? (
                  <span className="flex flex-wrap items-center gap-2">
                    <RelativeTime time={remote.pushedAt} />
                    <Badge tone={remote.pushedOid === head ? 'ok' : 'warn'}>
                      {remote.pushedOid === head ? 'Up to date' : 'Behind'}
                    </Badge>
                  </span>
                ) : (
                  'not yet'
                ),
              },
            ]}
          />
        </div>
      ) : (
        <p className="text-muted text-sm">
          How to clone it where it is, and what lies where:{' '}
          <Link href="/docs/repository" className="underline underline-offset-3">
            Repository
          </Link>
          .
        </p>
      )}
    </Section>
  )
}
