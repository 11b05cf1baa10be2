'use client'

import { BellRing } from 'lucide-react'
import { MenuLink } from '#components/ui/dropdown-menu-popup.tsx'

/** The person menu's own items; their code comes with the menu. */
export default function PersonMenuItems() {
  return (
    <MenuLink href="/settings/notifications" icon={<BellRing />}>
      What I hear
    </MenuLink>
  )
}
