import { defineConfig, devices } from '@playwright/test'
import { PORTAL_URL } from './e2e/fixtures/portal.ts'
import { CHROMIUM_ARGS, findChromium } from './scripts/launch/chromium.ts'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // What passes only the second time is reported as flaky, and mended; a busy machine alone fails no run.
  retries: process.env.CI ? 1 : 0,
  use: {
    baseURL: PORTAL_URL,
    trace: 'retain-on-failure',
    launchOptions: { executablePath: findChromium() ?? undefined, args: CHROMIUM_ARGS },
  },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } }],
})
