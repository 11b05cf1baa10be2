import { Check, Minus } from 'lucide-react'
import Link from 'next/link'
import { Section } from '#components/page/section.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { TierMatrixDto } from '#lib/tiers/schema.ts'

/** What each tier does, in words, and which models its data may go to, with the reason where it may not. */
export function TierMatrix({ matrix }: { matrix: TierMatrixDto }) {
  return (
    <>
      <Section title="What a tier does" description="As every gateway runs it now">
        <dl className="grid gap-x-8 gap-y-5 md:grid-cols-3">
          {matrix.tiers.map(({ id, name, effects }) => (
            <div key={id} className="min-w-0">
              <dt className="mb-1 font-medium">{name}</dt>
              {effects.map(effect => (
                <dd key={effect} className="text-muted text-sm leading-5.5">
                  {effect}
                </dd>
              ))}
            </div>
          ))}
        </dl>
      </Section>
      {matrix.models.length > 0 ? (
        <Section title="What may go where" description="A route, a key or a data source can narrow it further">
          <Table label="Tiers and models">
            <TableHead>
              <tr>
                <TableHeader>Model</TableHeader>
                <TableHeader>Provider</TableHeader>
                {matrix.tiers.map(({ id, name }) => (
                  <TableHeader key={id}>{name}</TableHeader>
                ))}
              </tr>
            </TableHead>
            <TableBody>
              {matrix.models.map(model => (
                <TableRow key={model.id}>
                  <TableCell className="min-w-40">
                    <Link href={`/build/models/${model.id}`} className="underline-offset-3 hover:underline">
                      {model.identifier}
                    </Link>
                  </TableCell>
                  <TableCell className="min-w-28">{model.provider}</TableCell>
                  {model.reach.map(({ tier, whyNot }) => (
                    <TableCell key={tier} className={whyNot === null ? 'whitespace-nowrap' : 'min-w-48'}>
                      {whyNot === null ? (
                        <span className="flex items-center gap-1.5 text-ok-text">
                          <Check aria-hidden className="size-4" />
                          May go
                        </span>
                      ) : (
                        <span className="flex items-center gap-1.5 text-muted">
                          <Minus aria-hidden className="size-4 shrink-0" />
                          {whyNot}
                        </span>
                      )}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Section>
      ) : null}
    </>
  )
}
