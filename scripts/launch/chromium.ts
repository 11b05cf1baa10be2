import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { installPackage, isDebianRoot } from './programs.ts'
import { Hindrance } from './progress.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** What keeps a browser of tests from calling home. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A Chromium on this machine: the one in GATEHOUSE_CHROMIUM, the system's, or Playwright's own; null: none. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter).concat('/usr/bin')
  const candidates = [
    process.env.GATEHOUSE_CHROMIUM,
    ...NAMES.flatMap(name => folders.map(folder => path.join(folder, name))),
    chromium.executablePath(),
  ]
  return candidates.find(file => file && existsSync(file)) ?? null
}

/** As `findChromium`, but installs one when there is none. Throws a Hindrance when that fails. */
export function demandChromium(say: (text: string) => void): string {
  const found = findChromium()
  if (found) return found
  say('no Chromium found, installing one …')
  if (isDebianRoot()) installPackage('chromium')
  if (!findChromium()) spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'ignore' })
  const installed = findChromium()
  if (installed) return installed
  throw new Hindrance(
    'There is no Chromium and none could be installed. Install one, or name it in GATEHOUSE_CHROMIUM.',
  )
}
