'use client'

import { ChevronDown } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { DropdownMenu, MenuCheckbox, MenuItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx'

export type TableFilterSpec = {
  /** The parameter in the URL. */
  key: string
  label: string
  items: readonly { value: string; label: string }[]
  /** At most one value at a time. */
  single?: boolean
}

/** One filter of the list: a button that says what is chosen, with the choices behind it. */
export function TableFilter({
  spec,
  chosen,
  onChange,
}: {
  spec: TableFilterSpec
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  const toggle = (value: string, on: boolean) => {
    const others = spec.single ? [] : chosen.filter(other => other !== value)
    onChange(on ? [...others, value] : others)
  }
  return (
    <DropdownMenu
      align="start"
      trigger={
        <Button className={chosen.length > 0 ? 'border-accent/60' : 'font-normal text-muted'}>
          {filterText(spec, chosen)}
          <ChevronDown className="size-3.5 text-muted" aria-hidden />
        </Button>
      }
    >
      {spec.items.map(item => (
        <MenuCheckbox
          key={item.value}
          checked={chosen.includes(item.value)}
          onCheckedChange={on => toggle(item.value, on)}
        >
          {item.label}
        </MenuCheckbox>
      ))}
      {chosen.length > 0 ? (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => onChange([])}>Any {spec.label.toLowerCase()}</MenuItem>
        </>
      ) : null}
    </DropdownMenu>
  )
}

function filterText(spec: TableFilterSpec, chosen: readonly string[]): string {
  if (chosen.length === 0) return spec.label
  const first = spec.items.find(item => item.value === chosen[0])?.label ?? chosen[0]
  return `${spec.label}: ${first}${chosen.length > 1 ? ` and ${chosen.length - 1} more` : ''}`
}
