'use client'

import { Dialog } from '#components/ui/dialog.tsx'
import { FieldRow } from '#components/ui/field.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { shortcutKeys } from './shortcut-keys.ts'
import { type Shortcut, setCharacterShortcuts } from './shortcut-registry.ts'
import { useActiveShortcuts, useMac } from './use-shortcut.ts'

/** The list behind "?": every key that works on the open page, and the switch for bare characters. */
export default function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { shortcuts, charactersOn } = useActiveShortcuts()
  const groups = Map.groupBy(unique(shortcuts), shortcut => shortcut.group)
  return (
    <Dialog title="Keyboard shortcuts" open={open} onOpenChange={onOpenChange}>
      <div className="flex flex-col gap-5">
        {[...groups].map(([group, members]) => (
          <section key={group}>
            <h3 className="mb-1 text-muted text-xs">{group}</h3>
            <dl>
              {members.map(shortcut => (
                <ShortcutLine key={shortcut.keys} shortcut={shortcut} />
              ))}
            </dl>
          </section>
        ))}
        <FieldRow label="Single-key shortcuts" help="Switch off if you dictate or press keys by accident.">
          <Switch checked={charactersOn} onCheckedChange={setCharacterShortcuts} />
        </FieldRow>
      </div>
    </Dialog>
  )
}

function ShortcutLine({ shortcut }: { shortcut: Shortcut }) {
  const mac = useMac()
  return (
    <div className="flex min-h-8 items-center justify-between border-line border-b last:border-0">
      <dt className="text-sm">{shortcut.description}</dt>
      <dd className="flex gap-1">
        {shortcutKeys(shortcut.keys, mac).map(key => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  )
}

function unique(shortcuts: readonly Shortcut[]): Shortcut[] {
  return [...new Map(shortcuts.map(shortcut => [shortcut.keys, shortcut])).values()]
}
