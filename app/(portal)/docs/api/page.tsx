import type { Metadata } from 'next'
import Form from 'next/form'
import Link from 'next/link'
import { formatCount, formatNumber } from '#components/format.ts'
import { EmptyState } from '#components/page/empty-state.tsx'
import { PageHeader } from '#components/page/page-header.tsx'
import { Section } from '#components/page/section.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Code } from '#components/ui/code-block.tsx'
import { Input } from '#components/ui/input.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { ReferenceResource } from '#lib/api/reference.ts'
import { DocsFrame } from '../_components/docs-frame.tsx'
import { apiResources } from './_components/api-resources.ts'
import { findOperations } from './_components/find-operations.ts'
import { OperationLine } from './_components/operation-line.tsx'

export const metadata: Metadata = { title: 'REST API' }

type Props = { searchParams: Promise<{ search?: string | string[] }> }

/** The resources of the API, each with what can be done with it; a search over all operations. */
export default async function ApiReference({ searchParams }: Props) {
  const search = [(await searchParams).search].flat()[0]?.trim() ?? ''
  const resources = apiResources()
  return (
    <DocsFrame contents={[]}>
      <PageHeader
        title="Everything the portal can do with these records, a program can do too"
        description={`${formatCount(countOf(resources), 'operation')} on ${formatCount(resources.length, 'resource')}, generated from the registry that serves /api/v1.`}
        crumb="REST API"
        actions={
          <ButtonLink href="/api/v1/openapi.json" prefetch={false} size="sm">
            OpenAPI 3.1 document
          </ButtonLink>
        }
      />
      <Form action="/docs/api" role="search" className="mt-5 flex max-w-xl gap-2">
        <Input
          key={search}
          type="search"
          name="search"
          aria-label="Search operations"
          placeholder="Path, method or words: revoke key"
          defaultValue={search}
          maxLength={100}
        />
        <Button type="submit">Search</Button>
        {search ? (
          <ButtonLink href="/docs/api" variant="ghost">
            Clear
          </ButtonLink>
        ) : null}
      </Form>
      {search ? (
        <Found search={search} resources={findOperations(resources, search)} />
      ) : (
        <div className="mt-7 flex flex-col gap-8">
          <Section title="How it is called">
            <Conventions />
          </Section>
          <Section title="Resources">
            <Resources resources={resources} />
          </Section>
        </div>
      )}
    </DocsFrame>
  )
}

function Resources({ resources }: { resources: readonly ReferenceResource[] }) {
  const sorted = resources.toSorted((a, b) => a.name.localeCompare(b.name))
  return (
    <Table label="Resources of the API">
      <TableHead>
        <TableRow>
          <TableHeader>Resource</TableHeader>
          <TableHeader className="max-sm:hidden">What can be done</TableHeader>
          <TableHeader numeric>Operations</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {sorted.map(({ name, operations }) => (
          <TableRow key={name}>
            <TableCell>
              <Link
                href={`/docs/api/${name}`}
                prefetch={false}
                className="whitespace-nowrap font-mono underline-offset-3 hover:underline"
              >
                /{name}
              </Link>
            </TableCell>
            <TableCell className="text-muted max-sm:hidden">
              <span className="line-clamp-1">{operations.map(({ summary }) => summary).join(' · ')}</span>
            </TableCell>
            <TableCell numeric>{formatNumber(operations.length)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Found({ search, resources }: { search: string; resources: readonly ReferenceResource[] }) {
  if (resources.length === 0) {
    return (
      <div className="mt-7">
        <EmptyState
          title={`No operation has “${search}” in its method, path or summary`}
          description="Try fewer words, or the name of the record: key, budget, exemption."
        />
      </div>
    )
  }
  return (
    <>
      <p role="status" className="mt-5 text-muted text-sm">
        {formatCount(countOf(resources), 'operation')} with “{search}”
      </p>
      {resources.map(({ name, operations }) => (
        <section key={name} aria-labelledby={name} className="mt-6">
          <h2 id={name} className="font-medium">
            <Link href={`/docs/api/${name}`} prefetch={false} className="underline-offset-3 hover:underline">
              /{name}
            </Link>
          </h2>
          <ul className="mt-2 border-line border-t">
            {operations.map(operation => (
              <OperationLine key={operation.id} resource={name} operation={operation} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function countOf(resources: readonly ReferenceResource[]): number {
  return resources.reduce((sum, { operations }) => sum + operations.length, 0)
}

function Conventions() {
  return (
    <ul className="flex max-w-3xl list-disc flex-col gap-1 pl-4 text-sm">
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
