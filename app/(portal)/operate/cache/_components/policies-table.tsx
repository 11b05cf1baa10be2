'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { formatNumber, formatPercent } from '#components/format.ts'
import { Switch } from '#components/ui/switch.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.ts'
import { updateCachePolicyAction } from '#lib/cache/actions.ts'
import type { CachePolicyDto } from '#lib/cache/schema.ts'
import { bytesText, coversText, moneyText, ttlText } from './cache-words.ts'

/** The policies with what each did. Switching one is in force at once. */
export function PoliciesTable({ policies, manages }: { policies: readonly CachePolicyDto[]; manages: boolean }) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const toggle = ({ id, name }: CachePolicyDto, enabled: boolean) =>
    startTransition(async () => {
      const result = await updateCachePolicyAction({ id, enabled })
      if (!result.ok) return void toast.error(result.error.message)
      toast.success(`${name} is ${enabled ? 'on' : 'off, and what it kept is dropped'}`)
      router.refresh()
    })
  return (
    <Table label="Cache policies">
      <TableHead>
        <tr>
          <TableHeader>Policy</TableHeader>
          <TableHeader>On</TableHeader>
          <TableHeader>Kept for</TableHeader>
          <TableHeader numeric>Hits</TableHeader>
          <TableHeader numeric>Hit rate</TableHeader>
          <TableHeader numeric>Saved</TableHeader>
          <TableHeader numeric>Held</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {policies.map(policy => (
          <TableRow key={policy.id}>
            <TableCell>
              <Link href={`/operate/cache/${policy.id}`} className="font-medium underline-offset-3 hover:underline">
                {policy.name}
              </Link>
              <span className="block max-w-72 truncate text-muted text-xs">{coversText(policy)}</span>
            </TableCell>
            <TableCell>
              <Switch
                aria-label={`${policy.name} on`}
                checked={policy.enabled}
                disabled={!manages || pending}
                onCheckedChange={enabled => toggle(policy, enabled)}
              />
            </TableCell>
            <TableCell className="whitespace-nowrap">{ttlText(policy.ttlSeconds)}</TableCell>
            <TableCell numeric>{formatNumber(policy.figures.hits)}</TableCell>
            <TableCell numeric>{formatPercent(policy.figures.hitRate, 0)}</TableCell>
            <TableCell numeric className="whitespace-nowrap">
              {moneyText(policy.figures.savedUsd)}
            </TableCell>
            <TableCell numeric className="whitespace-nowrap">
              {formatNumber(policy.entries)} <span className="text-muted">· {bytesText(policy.bytes)}</span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
