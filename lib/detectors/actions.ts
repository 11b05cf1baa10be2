'use server'

import { action } from '#lib/platform/action.ts'
import { createDetector } from './create-detector.ts'
import { deleteDetector } from './delete-detector.ts'
import { installGuardrails } from './install-guardrails.ts'
import { testDetectors } from './test-detectors.ts'
import { updateDetector } from './update-detector.ts'

export const createDetectorAction = action(createDetector)
export const updateDetectorAction = action(updateDetector)
export const deleteDetectorAction = action(deleteDetector)
export const testDetectorsAction = action(testDetectors)
export const installGuardrailsAction = action(installGuardrails)
