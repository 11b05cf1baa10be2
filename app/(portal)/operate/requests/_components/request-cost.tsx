import Link from 'next/link'
import { formatDate, formatMoney, formatNumber, unknownText } from '#components/format.ts'
import { Section } from '#components/page/section.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { parseUsd } from '#core/usd.ts'
import type { ModelPriceDto } from '#lib/models/schema.ts'
import type { RequestDetailDto } from '#lib/requests/schema.ts'

const STATES: Record<RequestDetailDto['usageState'], string> = {
  measured: 'Tokens as the provider measured them.',
  estimated: 'Tokens estimated: the provider told none.',
  unknown: 'Nobody knows how many tokens were used.',
  none: 'Nothing was used, so nothing could cost.',
}

/** Tokens by class with the price of each, and the sum that was charged. */
export function RequestCost({ request, price }: { request: RequestDetailDto; price: ModelPriceDto | null }) {
  const rows = tokenRows(request, price)
  return (
    <Section title="Tokens and cost" description={STATES[request.usageState]}>
      {request.usageState === 'none' ? null : (
        <Table label="Tokens and cost by class">
          <TableHead>
            <tr>
              <TableHeader>Class</TableHeader>
              <TableHeader numeric>Tokens</TableHeader>
              <TableHeader numeric>USD per million</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {rows.map(row => (
              <TableRow key={row.label}>
                <TableCell>{row.label}</TableCell>
                <TableCell numeric>{formatNumber(row.tokens)}</TableCell>
                <TableCell numeric>{row.price}</TableCell>
              </TableRow>
            ))}
            <TableRow className="font-medium">
              <TableCell>Charged</TableCell>
              <TableCell numeric>{formatNumber(sumOf(rows.map(row => row.tokens)))}</TableCell>
              <TableCell numeric>{chargedText(request)}</TableCell>
            </TableRow>
          </TableBody>
        </Table>
      )}
      <p className="mt-2 text-muted text-xs">
        <PriceSource request={request} price={price} />
      </p>
    </Section>
  )
}

function PriceSource({ request, price }: { request: RequestDetailDto; price: ModelPriceDto | null }) {
  if (request.costState === 'unpriced') return 'The model had no price, so the cost is not known. It is not zero.'
  if (!price)
    return request.priceId ? `Price row ${request.priceId}, of a model since removed.` : 'No price row was used.'
  return (
    <>
      Price in force since {formatDate(price.validFrom)}, from {price.source}, read {formatDate(price.sourceDate)}.{' '}
      <Link
        href={`/build/models/${request.modelId}`}
        className="text-accent-text underline underline-offset-3 hover:no-underline"
      >
        Prices of {request.modelIdentifier}
      </Link>
    </>
  )
}

function tokenRows(request: RequestDetailDto, price: ModelPriceDto | null) {
  const of = price?.usdPerMillionTokens
  const rows = [
    { label: 'Input', tokens: request.inputTokens, price: of?.input },
    { label: 'Input from cache', tokens: request.cachedInputTokens, price: of?.cachedInput },
    { label: 'Written to cache', tokens: request.cacheWriteTokens, price: of?.cacheWrite5m },
    { label: 'Output', tokens: request.outputTokens, price: of?.output },
    { label: 'Reasoning', tokens: request.reasoningTokens, price: of?.reasoning },
  ]
  return rows.map(row => ({ ...row, price: row.price ?? unknownText }))
}

function sumOf(counts: readonly (number | null)[]): number | null {
  const known = counts.filter(count => count !== null)
  return known.length === 0 ? null : known.reduce((total, count) => total + count, 0)
}

/** The sum of a request, in words where there is none. */
export function chargedText({ costState, costUsd }: RequestDetailDto): string {
  if (costState === 'unpriced') return 'Unpriced'
  if (costState === 'none') return 'USD 0.00'
  return costUsd === null ? 'Not known' : formatMoney(parseUsd(costUsd))
}
