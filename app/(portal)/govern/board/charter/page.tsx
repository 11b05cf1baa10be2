import type { Metadata } from 'next'
import { formatDate } from '#components/format.ts'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { DefinitionList } from '#components/page/definition-list.tsx'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { VersionHistory } from '#components/page/version-history.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { cadenceText, quorumText, VOTING_RULE_WORDS } from '#lib/board/board-words.ts'
import type { CharterDto } from '#lib/board/dto.ts'
import { boardOverview, charterHistory } from '#lib/board/queries.ts'
import { listPeople } from '#lib/people/queries.ts'
import { ListPeopleQuery } from '#lib/people/schema.ts'
import type { Context } from '#lib/platform/context.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { BoardTabs } from '../_components/board-tabs.tsx'
import { CharterForm } from '../_components/charter-form.tsx'
import { Seats } from '../_components/seats.tsx'

export const metadata: Metadata = { title: 'Board charter' }

export default function CharterPage({ searchParams }: { searchParams: Promise<{ edit?: string }> }) {
  return renderPage(async ({ ctx }) => {
    const { edit } = await searchParams
    const [{ charter, may }, history] = await Promise.all([boardOverview(ctx), charterHistory(ctx)])
    const editing = edit !== undefined && may.manage
    return (
      <Page>
        <LiveRefresh topics={['board']} />
        <PageHeader
          title={charter ? `${charter.name}: version ${charter.version} of its charter` : 'There is no charter yet'}
          description={
            charter
              ? `In force since ${formatDate(charter.updatedAt)}. A meeting keeps the charter that it began under.`
              : 'It says what the board is for, how it votes and when it meets.'
          }
          actions={
            may.manage && charter && !editing ? (
              <ButtonLink href="/govern/board/charter?edit=1">Change the charter</ButtonLink>
            ) : null
          }
        />
        <BoardTabs current="/govern/board/charter" />
        {editing ? <CharterForm charter={charter} /> : null}
        {charter && !editing ? (
          <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1fr)_23rem]">
            <div className="flex min-w-0 flex-col gap-8">
              <Rules charter={charter} />
              <Seats charter={charter} people={may.manage ? await choices(ctx) : null} />
            </div>
            <Section title="History">
              <VersionHistory versions={history} label="History of the charter" made="Written" />
            </Section>
          </div>
        ) : null}
      </Page>
    )
  })
}

async function choices(ctx: Context): Promise<{ value: string; label: string }[]> {
  const { data } = await listPeople(ctx, ListPeopleQuery.parse({ limit: 200 }))
  return data.map(({ id, name }) => ({ value: id, label: name }))
}

function Rules({ charter }: { charter: CharterDto }) {
  return (
    <Section title="What it says">
      <DefinitionList
        items={[
          { term: 'Purpose', value: <span className="whitespace-pre-line">{charter.purpose}</span> },
          { term: 'A motion is carried by', value: VOTING_RULE_WORDS[charter.votingRule] },
          { term: 'Quorum', value: `${quorumText(charter.quorum)}: ${charter.quorumNeeded} now` },
          { term: 'Meets', value: `${cadenceText(charter.cadence)}, for ${charter.cadence.minutes} minutes` },
        ]}
      />
    </Section>
  )
}
