import type { Metadata } from 'next'
import { Page, PageHeader } from '#components/page/page-header.tsx'
import { getMaturity, ownAnswers } from '#lib/maturity/queries.ts'
import { renderPage } from '../../../_components/render-page.tsx'
import { stageName } from '../_components/maturity-words.ts'
import { SelfAssessmentForm } from '../_components/self-assessment-form.tsx'

export const metadata: Metadata = { title: 'Self-assessment' }

export default function SelfAssessmentPage() {
  return renderPage(async ({ ctx }) => {
    const [maturity, answers] = await Promise.all([getMaturity(ctx), ownAnswers(ctx)])
    const criteria = maturity.criteria.filter(each => each.kind === 'exit' && each.stage === maturity.stage)
    const questions = criteria.map(({ id, text, layer, state }) => ({
      ...{ id, text, layer, state },
      answer: answers.get(id)?.answer ?? null,
      note: answers.get(id)?.note ?? '',
    }))
    return (
      <Page wide={false}>
        <PageHeader
          crumb="Self-assessment"
          title={`Do we meet what it takes to leave ${stageName(maturity.stage)}?`}
          description="Answer as you see it, from your own work. Your answers stand beside what the records say, and where they differ, both show. They never make a criterion met."
        />
        <SelfAssessmentForm questions={questions} />
      </Page>
    )
  })
}
