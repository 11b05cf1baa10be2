import type { Detector, Match } from '../detector.ts'
import type { Scan } from '../scan.ts'
import { piecesAround } from '../scan-places.ts'
import type { Trigger } from '../trigger-words.ts'

const OBJECT = `(?:instructions?|prompts?|rules?|guidelines?|directives?|commands?|context|messages?|restrictions|polic(?:y|ies)|training|constraints|guardrails?|safety|filters?|programming)`
const EARLIER = `(?:previous|prior|above|earlier|preceding|foregoing|existing|original|initial|your|system|all|any|the|these|those|of|and|other|my|everything|content|safety|current|given|ethical)`
const PATTERNS: readonly (readonly [kind: Trigger | 'delimiter', pattern: RegExp])[] = [
  [
    'override',
    new RegExp(
      String.raw`\b(?:ignore|disregard|forget|override|bypass|discard|neglect|skip|drop|circumvent|disable|stop following|do not follow|don't follow)\b(?:[ ,]+${EARLIER}){1,6} +${OBJECT}\b`,
      'g',
    ),
  ],
  [
    'override',
    /\b(?:ignore|disregard|forget) (?:everything|all|anything|what(?:ever)?)(?: that| which)?(?: was| you(?:'ve| have)?| i| we)?(?: been)? ?(?:above|before|told|said|written|previously|prior|so far|were told|was told|learned)/g,
  ],
  [
    'override',
    /\b(?:ignoriere|vergiss|missachte)\b.{0,30}\b(?:anweisungen|regeln|vorgaben|instruktionen)|\b(?:ignore[zr]?|oublie[zr]?)\b.{0,30}\b(?:instructions|consignes|règles)\b.{0,20}(?:précédent|antérieur|ci-dessus|donn)|\b(?:ignora|olvida|omite)\b.{0,30}\b(?:instrucciones|reglas|indicaciones)|\b(?:ignora|dimentica)\b.{0,30}\b(?:istruzioni|regole)/g,
  ],
  [
    'extraction',
    /\b(?:reveal|show|print|output|display|repeat|tell me|give me|dump|leak|expose|share|recite|disclose|write out|paste|what (?:is|are|was|were))\b.{0,40}\b(?:your|the|hidden|full|original|initial|secret|complete|exact)\b.{0,24}\b(?:system prompt|system message|initial instructions|hidden instructions|original instructions|initial prompt|hidden prompt|original prompt|secret instructions|developer message|pre-?prompt|your instructions|your prompt|your guidelines)/g,
  ],
  [
    'extraction',
    /\brepeat (?:the words|everything|all(?: the)? text|the text|all of the) ?(?:that (?:is|was|appears) )?(?:above|before)|\b(?:reveal|show me|print|output|tell me|recite) your (?:system )?(?:prompt|instructions|guidelines|rules)\b/g,
  ],
  [
    'persona',
    /\b(?:you are|you're|act as|pretend (?:to be|you are|you're)|roleplay as|become|simulate|enter|switch (?:to|into)|enable|activate)\b.{0,30}\b(?:dan\b|do anything now|jailbroken|unrestricted|unfiltered|uncensored|developer mode|god mode|sudo mode|evil|an ai (?:without|with no)|no (?:restrictions|limits|rules|filters))/g,
  ],
  [
    'persona',
    /\b(?:you are now|from now on,? you (?:are|will|must|can)|pretend (?:that )?(?:you|there)|act as (?:if|though))\b.{0,60}\b(?:no (?:rules|restrictions|limits|guidelines|limitations|filters|ethical)|without (?:any )?(?:rules|restrictions|limits|guidelines|limitations|filters|censorship)|not bound|free from|unrestricted|unfiltered|never refuse|ignore)/g,
  ],
  [
    'persona',
    /\b(?:do anything now|jailbreak(?:ed)? (?:mode|prompt)|developer mode (?:enabled|activated|on\b)|no longer bound by|are not bound by (?:any|your|the|openai))/g,
  ],
  [
    'delimiter',
    /<\|(?:im_start|im_end|system|endoftext)\|>|\[\/?inst\]|<<sys>>|^ *#{2,} ?(?:system|new instructions?)\b|\[system\](?:\(#|:)|\bend of (?:system )?prompt\b|\bnew instructions? ?:/gm,
  ],
]

/** A word that betrays an attempt stands within so many characters of all of it. */
const REACH = 160
const DELIMITERS = ['<|', '[INST', '[/INST', '<<SYS', '[inst', '<<sys', '[system](', '[SYSTEM']

/** Attempts to turn a model against its instructions: known phrases in the commoner languages, and chat delimiters. */
export const promptInjections: Detector = {
  id: 'prompt_injection',
  find(scan) {
    const found: Match[] = []
    for (const trigger of ['override', 'extraction', 'persona'] as const) {
      for (const { start, end } of piecesAround(scan, trigger, REACH, REACH)) addAll(scan, trigger, start, end, found)
    }
    for (const { start, end } of piecesAround(scan, 'extraction', REACH, REACH)) {
      addAll(scan, 'delimiter', start, end, found)
    }
    if (DELIMITERS.some(mark => scan.text.includes(mark))) addAll(scan, 'delimiter', 0, scan.text.length, found)
    return found
  },
}

function addAll({ lower }: Scan, kind: Trigger | 'delimiter', from: number, to: number, found: Match[]): void {
  const piece = lower.slice(from, to)
  for (const [of, pattern] of PATTERNS) {
    if (of !== kind) continue
    pattern.lastIndex = 0
    for (let match = pattern.exec(piece); match; match = pattern.exec(piece)) {
      const start = from + match.index
      const end = start + match[0].length
      if (!found.some(other => other.start < end && start < other.end)) found.push({ kind, start, end })
    }
  }
}
