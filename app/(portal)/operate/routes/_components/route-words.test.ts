import { expect, test } from 'vitest'
import type { RouteDto } from '#lib/routes/schema.ts'
import { callsText, constraintTexts, coversText, routesTitle, routeTitle, typicalModel } from './route-words.ts'

const route: RouteDto = {
  id: '01a1fcac-298f-754d-bac9-dd127fa83b86',
  name: 'Support',
  enabled: true,
  scope: 'team',
  target: '01a1fcac-298f-754d-bac9-dd127fa83b87',
  targetName: 'Support assistants',
  requestedNames: ['gpt-5', 'fast'],
  callableAs: null,
  models: [
    { id: '1', name: 'gpt-5-mini' },
    { id: '2', name: 'gemini-2.5-flash' },
  ],
  objective: 'cheapest',
  weights: { cost: 1, latency: 0, errors: 0, capability: 0, preference: 0 },
  constraints: { regions: [], providers: [], tiers: [], mostInputUsd: null, mostOutputUsd: null },
  failover: true,
  attemptTimeoutMs: null,
  version: 1,
  createdAt: '2026-11-21T00:00:00Z',
  updatedAt: '2026-11-21T00:00:00Z',
  archivedAt: null,
}

test('says whose calls a route decides, and which', () => {
  expect([coversText(route), callsText(route)]).toEqual(['Team Support assistants', 'calls of gpt-5 or fast'])
  const wide = { ...route, scope: 'organization', target: null, targetName: null, requestedNames: [] } as const
  expect([coversText(wide), callsText({ ...wide, requestedNames: [] })]).toEqual(['Every team', 'every call'])
  expect(callsText({ requestedNames: [], callableAs: 'smart' })).toBe('every call, and smart')
  expect(callsText({ requestedNames: ['smart'], callableAs: 'smart' })).toBe('calls of smart')
})

test('says what binds the candidates', () => {
  const constraints = {
    regions: ['eu-west'],
    providers: [{ id: '1', name: 'Google' }],
    tiers: ['Restricted'],
    mostInputUsd: '2.500000000',
    mostOutputUsd: '0.025',
  }
  expect(constraintTexts({ constraints })).toEqual([
    'in eu-west',
    'at Google',
    'fit for Restricted data',
    'input at most USD 2.50 per million',
    'output at most USD 0.025 per million',
  ])
})

test('titles answer what a route does now', () => {
  expect(routeTitle(route)).toBe('Support picks the cheapest of 2 models and the one asked for')
  expect(routeTitle({ ...route, enabled: false })).toMatch(/switched off/)
  expect(routeTitle({ ...route, models: [] })).toMatch(/the caller/)
  expect(routesTitle([route, { ...route, enabled: false }])).toBe('1 route decides which model answers')
  expect(routesTitle([])).toBe('Every call goes to the model it names')
})

test('the request that stands for a route names what it is called by', () => {
  expect(typicalModel({ ...route, callableAs: 'smart' })).toBe('smart')
  expect(typicalModel(route)).toBe('gpt-5')
  expect(typicalModel({ ...route, requestedNames: [], models: [] })).toBeNull()
})
