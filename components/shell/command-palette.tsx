'use client'

import { Dialog } from '@base-ui/react/dialog'
import { Command as Palette } from 'cmdk'
import { CornerDownLeft, LoaderCircle, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { LookupProvider } from '#components/lookup/lookup-provider.tsx'
import { useLookup } from '#components/lookup/use-lookup.ts'
import { Kbd } from '#components/ui/kbd.tsx'
import { scrimClass } from '#components/ui/popup.ts'
import { type Command, type CommandGroup, type CommandSearch, matchingCommands } from './commands.ts'

type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  groups: readonly CommandGroup[]
  search?: CommandSearch
}

/** Everything by its name: go to a page, find a record, act. */
export default function CommandPalette({ open, onOpenChange, groups, search }: CommandPaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={scrimClass} />
        <Dialog.Popup className="popup-motion fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line-strong bg-raised shadow-popup outline-none">
          <Dialog.Title className="sr-only">Search or jump to</Dialog.Title>
          <LookupProvider>
            <PaletteBody groups={groups} search={search} onDone={() => onOpenChange(false)} />
          </LookupProvider>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteBody({
  groups,
  search = findNothing,
  onDone,
}: Pick<CommandPaletteProps, 'groups' | 'search'> & { onDone: () => void }) {
  const [query, setQuery] = useState('')
  const { found, searching, failed } = useLookup('records', query, search)
  const router = useRouter()
  const shown = [{ label: 'Find', commands: found }, ...matchingCommands(groups, query)].filter(
    group => group.commands.length > 0,
  )
  const choose = (command: Command) => {
    onDone()
    if (command.href) router.push(command.href)
    command.run?.()
  }
  return (
    <Palette label="Search or jump to" loop shouldFilter={false}>
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search className="size-4 shrink-0 text-muted" aria-hidden />
        <Palette.Input
          autoFocus
          value={query}
          onValueChange={setQuery}
          placeholder="Go to a page, find a record, act"
          className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
        />
        {searching ? <LoaderCircle className="size-4 animate-spin text-muted" aria-hidden /> : <Kbd>Esc</Kbd>}
      </div>
      <Palette.List className="max-h-[min(24rem,60vh)] scroll-py-2 overflow-y-auto p-2">
        <Palette.Empty className="px-2 py-6 text-center text-muted text-sm">
          {emptyWords({ searching, failed })}
        </Palette.Empty>
        {shown.map(group => (
          <PaletteGroup key={group.label} label={group.label} commands={group.commands} onChoose={choose} />
        ))}
      </Palette.List>
    </Palette>
  )
}

function PaletteGroup({ label, commands, onChoose }: CommandGroup & { onChoose: (command: Command) => void }) {
  return (
    <Palette.Group
      heading={label}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-xs"
    >
      {commands.map(command => (
        <Palette.Item
          key={command.id}
          value={command.id}
          onSelect={() => onChoose(command)}
          className="group flex h-9 cursor-default items-center gap-2.5 rounded-md px-2 text-sm data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted"
        >
          {command.icon}
          <span className="truncate">{command.label}</span>
          {command.hint ? <span className="min-w-0 truncate text-muted text-xs">{command.hint}</span> : null}
          <span className="ml-auto">
            {command.shortcut ? (
              <Kbd>{command.shortcut}</Kbd>
            ) : (
              <CornerDownLeft className="size-3.5 text-muted opacity-0 group-data-[selected=true]:opacity-100" />
            )}
          </span>
        </Palette.Item>
      ))}
    </Palette.Group>
  )
}

const findNothing: CommandSearch = async () => []

function emptyWords({ searching, failed }: { searching: boolean; failed: boolean }): string {
  if (searching) return 'Searching'
  return failed ? 'Records could not be searched. Try again.' : 'Nothing found. Try a name, an id or a verb.'
}
