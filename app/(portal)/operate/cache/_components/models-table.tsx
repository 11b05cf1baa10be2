import Link from 'next/link'
import { formatDuration, formatNumber, formatPercent } from '#components/format.ts'
import { Section } from '#components/page/section.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import type { CacheStatisticsDto } from '#lib/cache/schema.ts'
import { moneyText } from './cache-words.ts'

/** For which models the cache worked, what was saved most first. */
export function ModelsTable({ models, days }: { models: CacheStatisticsDto['models']; days: number }) {
  if (models.length === 0) return null
  return (
    <Section title="By model" description={`The last ${days} days`}>
      <Table label="What the cache saved by model">
        <TableHead>
          <tr>
            <TableHeader>Model</TableHeader>
            <TableHeader numeric>Hits</TableHeader>
            <TableHeader numeric>Misses</TableHeader>
            <TableHeader numeric>Hit rate</TableHeader>
            <TableHeader numeric>Saved</TableHeader>
            <TableHeader numeric>Less waiting</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {models.map(({ modelId, model, hits, misses, hitRate, savedUsd, savedMs }) => (
            <TableRow key={modelId ?? 'none'}>
              <TableCell>
                {modelId ? (
                  <Link href={`/build/models/${modelId}`} className="font-medium underline-offset-3 hover:underline">
                    {model}
                  </Link>
                ) : (
                  model
                )}
              </TableCell>
              <TableCell numeric>{formatNumber(hits)}</TableCell>
              <TableCell numeric>{formatNumber(misses)}</TableCell>
              <TableCell numeric>{formatPercent(hitRate, 0)}</TableCell>
              <TableCell numeric>{moneyText(savedUsd)}</TableCell>
              <TableCell numeric>{formatDuration(savedMs)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}
