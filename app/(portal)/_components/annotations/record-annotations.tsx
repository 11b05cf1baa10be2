import { Link2, MessageSquare, Paperclip } from 'lucide-react'
import Link from 'next/link'
import { formatBytes } from '#components/format.ts'
import { Section } from '#components/page/section.tsx'
import { Timeline } from '#components/page/timeline.tsx'
import { Code } from '#components/ui/code-block.tsx'
import type { AnnotatedKind } from '#core/annotations/annotated-kinds.ts'
import { titleOfKind } from '#lib/annotations/annotated-records.ts'
import { listAnnotations } from '#lib/annotations/queries.ts'
import type { AnnotationDto } from '#lib/annotations/schema.ts'
import { type Context, scopeOf } from '#lib/platform/context.ts'
import { AddFile, AddLink, Comment, Withdraw } from './annotate.tsx'

/** What people have added to a record: what was said about it, its files, the records it is linked with. */
export async function RecordAnnotations({ ctx, kind, id }: { ctx: Context; kind: AnnotatedKind; id: string }) {
  if (scopeOf(ctx.actor, 'annotations.read') === null) return null
  const { data } = await listAnnotations(ctx, { kind, id })
  const record = { recordKind: kind, recordId: id }
  const mayWrite = scopeOf(ctx.actor, 'annotations.write') !== null
  return (
    <Section
      title="Comments, files and links"
      description="What is withdrawn is shown no more; that it was there stays on record."
      actions={
        mayWrite ? (
          <>
            <Comment record={record} />
            <AddFile record={record} />
            <AddLink record={record} />
          </>
        ) : null
      }
      className="print:hidden"
    >
      {data.length === 0 ? (
        <p className="text-muted text-sm">Nobody has added anything yet.</p>
      ) : (
        <Timeline
          label="Comments, files and links"
          entries={data.map(one => ({
            id: one.id,
            time: one.createdAt,
            title: <Title annotation={one} />,
            detail: <Detail annotation={one} />,
          }))}
        />
      )}
    </Section>
  )
}

const ICONS = { comment: MessageSquare, file: Paperclip, link: Link2 }

function Title({ annotation }: { annotation: AnnotationDto }) {
  const { kind, authorName, withdrawn, mayWithdraw, id } = annotation
  const Icon = ICONS[kind]
  return (
    <span className="flex flex-wrap items-center justify-between gap-2">
      <span className="flex min-w-0 items-center gap-1.5">
        <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {authorName} {withdrawn ? WITHDRAWN[kind] : <Added annotation={annotation} />}
        </span>
      </span>
      {mayWithdraw ? <Withdraw id={id} what={`the ${kind} of ${authorName}`} /> : null}
    </span>
  )
}

const WITHDRAWN: Readonly<Record<AnnotationDto['kind'], string>> = {
  comment: 'wrote something that is withdrawn',
  file: 'attached a file that is withdrawn',
  link: 'linked a record, which is withdrawn',
}

function Added({ annotation: { id, kind, file, link } }: { annotation: AnnotationDto }) {
  if (kind === 'comment') return 'wrote'
  if (file) {
    return (
      <>
        attached{' '}
        <a href={`/files/${id}`} className="text-accent-text underline underline-offset-3" download>
          {file.name}
        </a>
        , {formatBytes(file.bytes)}
      </>
    )
  }
  if (!link) return null
  const title = titleOfKind(link.kind)
  if (link.href === null) return `linked a ${title} that you may not see`
  return (
    <>
      linked the {title}{' '}
      <Link href={link.href} className="text-accent-text underline underline-offset-3">
        {link.name}
      </Link>
    </>
  )
}

function Detail({ annotation: { text, file, withdrawn } }: { annotation: AnnotationDto }) {
  if (withdrawn) return `Withdrawn by ${withdrawn.byName}: ${withdrawn.reason}`
  if (text === '' && !file) return null
  return (
    <>
      {text === '' ? null : <p className="whitespace-pre-line text-ink text-sm [overflow-wrap:anywhere]">{text}</p>}
      {file ? (
        <p>
          <Code>{`sha256 ${file.digest.slice(0, 12)}…`}</Code>
        </p>
      ) : null}
    </>
  )
}
