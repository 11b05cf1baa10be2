import type { Metadata } from 'next'
import { PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { openApiDocument } from '#lib/api/openapi.ts'
import { apiReference } from '#lib/api/reference.ts'
import { portalUrl } from '#lib/platform/addresses.ts'
import { DocsFrame } from '../_components/docs-frame.tsx'
import { OperationEntry } from './_components/operation-entry.tsx'

export const metadata: Metadata = { title: 'REST API' }

/** Every operation of the API by resource, drawn from the document that is generated from the registry. */
export default function ApiReference() {
  const resources = apiReference(openApiDocument(), portalUrl())
  const contents = resources.map(({ name }) => ({ depth: 2, text: name, id: name }))
  return (
    <DocsFrame contents={contents}>
      <PageHeader
        title="Everything the portal can do with these records, a program can do too"
        description="Generated from the registry that serves /api/v1, so it says what is there."
        crumb="REST API"
        actions={
          <ButtonLink href="/api/v1/openapi.json" prefetch={false} size="sm">
            OpenAPI 3.1 document
          </ButtonLink>
        }
      />
      <Conventions />
      {resources.map(resource => (
        <section key={resource.name} aria-labelledby={resource.name} className="mt-9">
          <h2 id={resource.name} className="scroll-mt-20 font-medium text-lg">
            {resource.name}
          </h2>
          <ul className="mt-2 border-line border-t">
            {resource.operations.map(operation => (
              <OperationEntry key={operation.id} operation={operation} />
            ))}
          </ul>
        </section>
      ))}
    </DocsFrame>
  )
}

function Conventions() {
  return (
    <ul className="mt-4 flex max-w-3xl list-disc flex-col gap-1 pl-4 text-sm">
      <li>
        Send <Code>authorization: Bearer gh_st_…</Code> with a service token; it acts within its permissions on the
        whole organization.
      </li>
      <li>
        Lists answer <Code>{'{data, nextCursor}'}</Code>; give <Code>nextCursor</Code> back as <Code>cursor</Code> until
        it is null.
      </li>
      <li>
        A POST with an <Code>idempotency-key</Code> runs once: a repeat within 24 hours gets the first answer again.
      </li>
      <li>
        Refusals are problem documents (RFC 9457) that name the field, the rule and the way out. Unknown fields and
        query parameters are refused.
      </li>
      <li>Times are UTC; money is US dollars as decimal text.</li>
    </ul>
  )
}
