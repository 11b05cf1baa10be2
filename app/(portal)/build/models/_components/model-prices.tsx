import { formatDate, formatDateTime, formatMoney } from '#components/format.ts'
import { Section } from '#components/page/section.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { parseUsd } from '#core/usd.ts'
import type { ModelPriceDto, PriceAmountsDto } from '#lib/models/schema.ts'

/** Columns; those that no price of the model has are left out, but for input and output. */
const CLASSES: { key: keyof PriceAmountsDto; label: string; className?: string; always?: boolean }[] = [
  { key: 'input', label: 'Input', always: true },
  { key: 'cachedInput', label: 'Cached input', className: 'max-md:hidden' },
  { key: 'cacheWrite5m', label: 'Cache write, 5 min', className: 'max-lg:hidden' },
  { key: 'cacheWrite1h', label: 'Cache write, 1 h', className: 'max-lg:hidden' },
  { key: 'output', label: 'Output', always: true },
  { key: 'reasoning', label: 'Reasoning', className: 'max-lg:hidden' },
]

/** Every price a model had, has and will have. A price is never changed, only followed by another. */
export function ModelPrices({ prices }: { prices: readonly ModelPriceDto[] }) {
  const now = Date.now()
  const classes = CLASSES.filter(
    ({ key, always }) => always || prices.some(price => price.usdPerMillionTokens[key] !== null),
  )
  const current = prices.find(price => Date.parse(price.validFrom) <= now)
  return (
    <Section title="What it costs" description="USD per million tokens. A request keeps the price it was charged with.">
      {prices.length === 0 ? (
        <p className="text-muted text-sm">No price. Requests to it are counted as unpriced, never as free.</p>
      ) : (
        <Table label="Prices over time">
          <TableHead>
            <tr>
              <TableHeader>Valid from</TableHeader>
              {classes.map(({ key, label, className }) => (
                <TableHeader key={key} numeric className={className}>
                  {label}
                </TableHeader>
              ))}
              <TableHeader className="max-sm:hidden">Source</TableHeader>
            </tr>
          </TableHead>
          <TableBody>
            {prices.map(price => (
              <TableRow key={price.id}>
                <TableCell className="whitespace-nowrap">
                  <span className="mr-2" title={formatDateTime(price.validFrom)}>
                    {formatDate(price.validFrom)}
                  </span>
                  <PriceState price={price} current={current} now={now} />
                </TableCell>
                {classes.map(({ key, className }) => (
                  <TableCell key={key} numeric className={className}>
                    {amountText(price.usdPerMillionTokens[key])}
                  </TableCell>
                ))}
                <TableCell className="text-muted max-sm:hidden">
                  {price.source}, {formatDate(price.sourceDate)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

function PriceState({
  price,
  current,
  now,
}: {
  price: ModelPriceDto
  current: ModelPriceDto | undefined
  now: number
}) {
  if (price.id === current?.id) return <Badge tone="ok">In force</Badge>
  return Date.parse(price.validFrom) > now ? <Badge tone="info">To come</Badge> : null
}

function amountText(usd: string | null): string {
  return formatMoney(usd === null ? null : parseUsd(usd), {
    currency: false,
    digits: Math.min(6, Math.max(2, usd?.split('.')[1]?.length ?? 2)),
  })
}
