import { formatCount, formatMoney, formatNumber } from '#components/format.ts'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { parseUsd } from '#core/usd.ts'
import type { PriceImportPreviewDto, PriceImportRow } from '#lib/models/price-import-schema.ts'
import type { PriceAmountsDto } from '#lib/models/schema.ts'

/** What a price file would change, before it does. */
export function PricePreview({
  preview,
  pending,
  onApply,
}: {
  preview: PriceImportPreviewDto
  pending: boolean
  onApply: () => void
}) {
  const changes = preview.rows.filter(row => row.change !== 'unchanged')
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm">{summaryOf(preview)}</p>
      {changes.length > 0 ? (
        <>
          <Table label="Prices that would change">
            <TableHead>
              <tr>
                <TableHeader>Model</TableHeader>
                <TableHeader>Change</TableHeader>
                <TableHeader numeric>In, before</TableHeader>
                <TableHeader numeric>In, after</TableHeader>
                <TableHeader numeric>Out, before</TableHeader>
                <TableHeader numeric>Out, after</TableHeader>
              </tr>
            </TableHead>
            <TableBody>
              {changes.map(row => (
                <PreviewRow key={row.modelId} row={row} />
              ))}
            </TableBody>
          </Table>
          <Button variant="primary" className="self-start" loading={pending} onClick={onApply}>
            Apply {formatCount(changes.length, 'change')}
          </Button>
        </>
      ) : null}
      <LeftAside preview={preview} />
    </div>
  )
}

const TONES: Partial<Record<PriceImportRow['change'], Tone>> = { raised: 'warn', lowered: 'ok', new: 'info' }

function PreviewRow({ row }: { row: PriceImportRow }) {
  return (
    <TableRow>
      <TableCell className="font-medium">{row.identifier}</TableCell>
      <TableCell>
        <Badge tone={TONES[row.change] ?? 'neutral'}>{row.change}</Badge>
      </TableCell>
      <TableCell numeric className="text-muted">
        {amountText(row.before, 'input')}
      </TableCell>
      <TableCell numeric>{amountText(row.after, 'input')}</TableCell>
      <TableCell numeric className="text-muted">
        {amountText(row.before, 'output')}
      </TableCell>
      <TableCell numeric>{amountText(row.after, 'output')}</TableCell>
    </TableRow>
  )
}

function LeftAside({ preview }: { preview: PriceImportPreviewDto }) {
  const { unknown, skipped, notInFile } = preview
  const lines = [
    ...(notInFile.length > 0
      ? [
          `${formatCount(notInFile.length, 'model')} of the catalog not in the file: ${namesOf(notInFile.map(each => each.identifier))}`,
        ]
      : []),
    ...(unknown.count > 0
      ? [`${formatNumber(unknown.count)} entries of models outside the catalog: ${namesOf(unknown.examples)}`]
      : []),
    ...skipped.map(
      ({ reason, count, examples }) => `${formatNumber(count)} entries left out, ${reason}: ${namesOf(examples)}`,
    ),
  ]
  if (lines.length === 0) return null
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-muted text-sm marker:text-faint">
      {lines.map(line => (
        <li key={line} className="wrap-anywhere">
          {line}
        </li>
      ))}
    </ul>
  )
}

function summaryOf({ counts, rows }: PriceImportPreviewDto): string {
  const changed = Object.entries(counts).filter(([change, count]) => change !== 'unchanged' && count > 0)
  if (changed.length === 0) return `${formatCount(rows.length, 'model')} found in the file, and no price differs.`
  const parts = changed.map(([change, count]) => `${formatNumber(count)} ${change}`)
  return `${new Intl.ListFormat('en').format(parts)}; ${formatNumber(counts.unchanged ?? 0)} unchanged. USD per million tokens.`
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and others` : shown
}

function amountText(amounts: PriceAmountsDto | null, side: 'input' | 'output'): string {
  const usd = amounts?.[side] ?? null
  return formatMoney(usd === null ? null : parseUsd(usd), { currency: false, digits: usd && usd.length > 6 ? 4 : 2 })
}
