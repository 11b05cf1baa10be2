'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { formatNumber } from '#components/format.ts'
import { Select } from '#components/ui/select.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.ts'
import type { GuardrailAction } from '#core/guardrails/decide.ts'
import { updateDetectorAction } from '#lib/detectors/actions.ts'
import type { DetectorDto } from '#lib/detectors/schema.ts'
import { ACTION_CHOICES, ACTION_WORDS, SIDE_CHOICES, sideWords } from './action-words.ts'

/** Detectors by tiers. A change is in force at once. */
export function RulesTable({
  rules,
  tiers,
  manages,
}: {
  rules: readonly DetectorDto[]
  tiers: readonly string[]
  manages: boolean
}) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const change = (rule: DetectorDto, changes: object, words: string) =>
    startTransition(async () => {
      const result = await updateDetectorAction({ id: rule.id, ...changes })
      if (!result.ok) return void toast.error(result.error.message)
      toast.success(`${rule.name}: ${words}`)
      router.refresh()
    })

  return (
    <Table label="Guardrail rules">
      <TableHead>
        <tr>
          <TableHeader>Detector</TableHeader>
          {tiers.map(tier => (
            <TableHeader key={tier}>{tier}</TableHeader>
          ))}
          <TableHeader>Acts on</TableHeader>
          <TableHeader>In force</TableHeader>
          <TableHeader>Shadow</TableHeader>
          <TableHeader>Found, 7 days</TableHeader>
          <TableHeader>Blocked</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {rules.map(rule => (
          <TableRow key={rule.id}>
            <TableCell>
              <span className="font-medium">{rule.name}</span>
              {rule.pattern ? <span className="block max-w-72 truncate text-muted text-xs">{rule.pattern}</span> : null}
            </TableCell>
            {tiers.map(tier => (
              <TableCell key={tier}>
                <Action
                  label={`${rule.name}, ${tier}`}
                  action={rule.actions[tier] ?? 'log'}
                  disabled={!manages || pending || !rule.enabled}
                  onChange={action =>
                    change(rule, { actions: { [tier]: action } }, `${ACTION_WORDS[action]} in ${tier}`)
                  }
                />
              </TableCell>
            ))}
            <TableCell>
              <Select
                aria-label={`${rule.name} acts on`}
                size="sm"
                className="min-w-26"
                items={SIDE_CHOICES}
                value={rule.appliesTo}
                disabled={!manages || pending || !rule.enabled}
                onValueChange={appliesTo => change(rule, { appliesTo }, sideWords(appliesTo))}
              />
            </TableCell>
            <TableCell>
              <Switch
                aria-label={`${rule.name} in force`}
                checked={rule.enabled}
                disabled={!manages || pending}
                onCheckedChange={enabled => change(rule, { enabled }, enabled ? 'in force' : 'switched off')}
              />
            </TableCell>
            <TableCell>
              <Switch
                aria-label={`${rule.name} in shadow`}
                checked={rule.shadow}
                disabled={!manages || pending}
                onCheckedChange={shadow => change(rule, { shadow }, shadow ? 'only counts now' : 'acts now')}
              />
            </TableCell>
            <TableCell className="tabular-nums">
              <Link className="hover:underline" href={`/security/dlp?detector=${encodeURIComponent(rule.detector)}`}>
                {formatNumber(rule.found)}
              </Link>
            </TableCell>
            <TableCell className="tabular-nums">{formatNumber(rule.blocked)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Action({
  label,
  action,
  disabled,
  onChange,
}: {
  label: string
  action: GuardrailAction
  disabled: boolean
  onChange: (action: GuardrailAction) => void
}) {
  return (
    <Select
      aria-label={label}
      size="sm"
      className="min-w-24"
      items={ACTION_CHOICES}
      value={action}
      disabled={disabled}
      onValueChange={onChange}
    />
  )
}
