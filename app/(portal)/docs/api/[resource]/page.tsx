import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { formatCount } from '#components/format.ts'
import { PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { DocsFrame } from '../../_components/docs-frame.tsx'
import { apiResources } from '../_components/api-resources.ts'
import { OperationEntry } from '../_components/operation-entry.tsx'

type Props = { params: Promise<{ resource: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `REST API: ${(await params).resource}` }
}

/** The operations of one resource of the API: what each takes and answers, with a curl line. */
export default async function ApiResource({ params }: Props) {
  const { resource: name } = await params
  const resource = apiResources().find(one => one.name === name)
  if (!resource) notFound()
  const contents = resource.operations.map(({ id, summary }) => ({ depth: 2, text: summary, id }))
  return (
    <DocsFrame contents={contents}>
      <PageHeader
        title={`${formatCount(resource.operations.length, 'operation')} on /${name}`}
        description="Open one for what it takes, what it answers and a curl line."
        crumb={name}
        actions={
          <ButtonLink href="/docs/api" size="sm">
            All resources
          </ButtonLink>
        }
      />
      <ul className="mt-4 border-line border-t">
        {resource.operations.map(operation => (
          <OperationEntry key={operation.id} operation={operation} />
        ))}
      </ul>
    </DocsFrame>
  )
}
