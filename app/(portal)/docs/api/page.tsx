import type { Metadata } from 'next'
import Link from 'next/link'
import { PageHeader } from '#components/page/page-header.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Code } from '#components/ui/code-block.tsx'
import type { ReferenceOperation } from '#lib/api/reference.ts'
import { DocsFrame } from '../_components/docs-frame.tsx'
import { apiResources } from './_components/api-resources.ts'
import { MethodBadge } from './_components/method-badge.tsx'

export const metadata: Metadata = { title: 'REST API' }

/** Every operation of the API by resource, each leading to what it takes and answers. */
export default function ApiReference() {
  const resources = apiResources()
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
      {resources.map(({ name, operations }) => (
        <section key={name} aria-labelledby={name} className="mt-9">
          <h2 id={name} className="scroll-mt-20 font-medium text-lg">
            <Link href={`/docs/api/${name}`} prefetch={false} className="underline-offset-3 hover:underline">
              {name}
            </Link>
          </h2>
          <ul className="mt-2 border-line border-t">
            {operations.map(operation => (
              <OperationLine key={operation.id} href={`/docs/api/${name}#${operation.id}`} operation={operation} />
            ))}
          </ul>
        </section>
      ))}
    </DocsFrame>
  )
}

function OperationLine({ href, operation }: { href: string; operation: ReferenceOperation }) {
  return (
    <li className="border-line border-b">
      <a href={href} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-2 hover:bg-hover">
        <MethodBadge method={operation.method} />
        <span className="break-all font-mono text-sm">{operation.path}</span>
        <span className="text-muted text-sm">{operation.summary}</span>
      </a>
    </li>
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
