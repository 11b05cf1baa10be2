import Link from 'next/link'
import { RelativeTime } from '#components/page/relative-time.tsx'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { compareTexts } from '#core/policies/compare-texts.ts'
import type { PolicyVersionDto } from '#lib/policies/schema.ts'
import { ComparedTexts } from './compared-texts.tsx'
import { PolicyText } from './policy-text.tsx'
import { VERSION_WORDS } from './policy-words.ts'

type Props = {
  href: string
  versions: readonly PolicyVersionDto[]
  /** Numbers of the two that are compared; undefined: the newest with the one before. */
  from: number | undefined
  to: number | undefined
}

/** Every version with who decided about it, and the difference between any two. */
export function VersionsPart({ href, versions, from, to }: Props) {
  const [newest] = versions
  if (!newest) return <p className="text-muted text-sm">No version yet. The draft becomes one when it goes to Legal.</p>
  const after = versions.find(({ number }) => number === to) ?? newest
  const before =
    versions.find(({ number }) => number === from) ?? versions.find(({ number }) => number < after.number) ?? null
  return (
    <>
      <Table label="Versions">
        <TableHead>
          <tr>
            <TableHeader>Version</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader>What is new</TableHeader>
            <TableHeader>Written by</TableHeader>
            <TableHeader>Legal</TableHeader>
            <TableHeader>Sponsor</TableHeader>
            <TableHeader>SHA-256</TableHeader>
            <TableHeader>Compare</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {versions.map(version => (
            <TableRow key={version.id}>
              <TableCell>{version.number}</TableCell>
              <TableCell>
                <Badge tone={VERSION_WORDS[version.state].tone}>{VERSION_WORDS[version.state].label}</Badge>
              </TableCell>
              <TableCell>
                <span className="block min-w-48 max-w-80">{version.reason}</span>
                {version.editorial ? (
                  <span className="text-muted text-xs">Editorial: nobody is asked again</span>
                ) : null}
              </TableCell>
              <TableCell>
                {version.authorName}, <RelativeTime time={version.createdAt} />
              </TableCell>
              <TableCell>{version.reviewedByName ?? 'Not yet'}</TableCell>
              <TableCell>{version.ratifiedByName ?? 'Not yet'}</TableCell>
              <TableCell>
                <code className="text-xs" title={version.sha256}>
                  {version.sha256.slice(0, 12)}
                </code>
              </TableCell>
              <TableCell>
                {version.id === after.id ? (
                  <span className="text-muted">Shown</span>
                ) : (
                  <Link
                    href={`${href}?tab=versions&from=${Math.min(version.number, after.number)}&to=${Math.max(version.number, after.number)}`}
                    className="text-accent-text underline underline-offset-3"
                  >
                    With {after.number}
                  </Link>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Section title={before ? `What changed from ${before.number} to ${after.number}` : `Version ${after.number}`}>
        {before ? (
          <ComparedTexts
            rows={compareTexts(before.text, after.text)}
            before={`version ${before.number}`}
            after={`version ${after.number}`}
          />
        ) : (
          <PolicyText markdown={after.text} />
        )}
      </Section>
    </>
  )
}
