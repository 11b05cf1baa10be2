const OBJECT = `(?:instructions?|prompts?|rules?|guidelines?|directives?|directions?|commands?|context|restrictions|polic(?:y|ies)|training|constraints|guardrails?|safety|filters?|programming)`
const EARLIER = `(?:previous|prior|above|earlier|preceding|foregoing|following|existing|original|initial|your|system|all|any|the|these|those|of|and|other|my|everything|content|safety|current|given|ethical|provided)`
/** Who tells of an order gives none. */
const NOT_TOLD = String.raw`(?<!\b(?:tells?|says?|said|told|asks?|asked|saying|telling)(?: (?:you|us|them|it|me|him|her|people|users))? to )`
const DISMISS = `${NOT_TOLD}(?<!who )(?<!not )(?<!n['’]t )(?<!never )(?:ignore|disregard|forget|override|bypass|discard|neglect|skip|drop|circumvent|disable|stop following|do not follow|don't follow)`
/** What people write of their own work too, so that only all of it at once is suspect. */
const WORK = `(?:messages|requests|orders|tasks|assignments|information|documents|articles|inputs|conversations|questions)`
const DO = `(?:say|print|write|output|translate|tell|respond|reply|answer|show|give|repeat|act|do|return|execute|send)`

/** Known phrases in lower case, by the sort of word that each has in it. */
export const PHRASES: Readonly<Record<'override' | 'extraction' | 'persona' | 'delimiter', readonly RegExp[]>> = {
  override: [
    new RegExp(String.raw`\b${DISMISS}\b(?:[ ,]+${EARLIER}){1,6} +${OBJECT}\b`, 'g'),
    new RegExp(
      String.raw`\b${DISMISS} (?:about )?(?:all|any|every)(?: of)?(?: (?:the|your|my|these|previous|prior|preceding|earlier|above|other|provided|and|following)){1,4} ${WORK}\b`,
      'g',
    ),
    new RegExp(
      String.raw`\b${NOT_TOLD}(?:ignore|disregard|forget) (?:about )?(?:everything|all|anything|what(?:ever)?)(?: that| which)?(?: was| you(?:'ve| have)?| i| we(?:'ve| have)?)?(?: been| ha(?:ve|d))? ?(?:above|before|told|said|written|previously|prior|so far|were told|was told|learned|know\b|discussed|talked about|instructed)`,
      'g',
    ),
    new RegExp(
      String.raw`(?:^|[.!?:;"\n]\s*|\bnow,? |\bthen,? |\bplease |\band )(?:forget (?:about )?(?:everything|all of (?:it|this|that))|(?:ignore|disregard) (?:the )?(?:above|instructions))\b[,.!: ]+(?:and |now |instead |just |then ){0,3}(?:${DO}\b|you (?:are|will|must) )`,
      'g',
    ),
    new RegExp(
      String.raw`\b(?:ignore|disregard) the rest of (?:this|the) (?:data|text|prompt|document|page|e-?mail|message)\b|\bstop everything\b[! ]+(?:now\b)?[! ]*(?:and )?(?:just )?${DO}\b|\bignore (?:instructions|your (?:instructions|directions))[, ]+and\b`,
      'g',
    ),
    /\b(?:focus|concentrate)\b(?: only)? on (?:your|the|this) new task\b|\b(?:here comes|now comes|we (?:will )?start with) a new (?:task|assignment)\b/g,
  ],
  extraction: [
    /\b(?:reveal|show|print|output|display|repeat|tell me|give me|dump|leak|expose|share|recite|disclose|write out|paste|what (?:is|are|was|were))\b.{0,40}\b(?:your|the|hidden|full|original|initial|secret|complete|exact)\b.{0,24}\b(?:system prompt|system message|initial instructions|hidden instructions|original instructions|initial prompt|hidden prompt|original prompt|secret instructions|developer message|pre-?prompt|your instructions|your prompt|your guidelines)/g,
    /\brepeat (?:the words|everything|all(?: the)? text|the text|all of the) ?(?:that (?:is|was|appears) )?(?:above|before)|\b(?:reveal|show(?: me)?|print|output|tell me|recite)(?: all)?(?: of)? your (?:system |entire |whole |full )?(?:prompts?|instructions|guidelines|rules)\b|\b(?:output|print|show|repeat|display)(?: the)? (?:original|above|entire|whole|full) prompt\b|\bwhat was written (?:above|at the (?:beginning|start|top) of (?:this|the) prompt)|\bwhat are your (?:original |initial |secret |system |hidden )?instructions\b(?! (?:for|on|to|about)\b)/g,
  ],
  persona: [
    /\b(?:you are|you're|act as|pretend (?:to be|you are|you're)|roleplay as|become|simulate|enter|switch (?:to|into)|enable|activate)\b.{0,30}\b(?:dan\b|do anything now|jailbroken|unrestricted|unfiltered|uncensored|developer mode\b(?! (?:in|on|of|for|under|so)\b)|god mode|sudo mode|evil|an ai (?:without|with no)|no (?:restrictions|limits|rules|filters))/g,
    /\b(?:you are now|from now on,? you (?:are|will|must|can)|pretend (?:that )?(?:you|there)|act as (?:if|though))\b.{0,60}\b(?:no (?:rules|restrictions|limits|guidelines|limitations|filters|ethical)|without (?:any )?(?:rules|restrictions|limits|guidelines|limitations|filters|censorship)|not bound|free from|unrestricted|unfiltered|never refuse|ignore)/g,
    /\b(?:do anything now|jailbreak(?:ed)? (?:mode|prompt)|developer mode (?:enabled|activated|on\b)|no longer bound by|are not bound by (?:any|your|the|openai)|broken free (?:of|from) the (?:typical |usual |normal )?(?:confines|restrictions|limits|limitations|rules)|(?:completely|fully|totally|unfiltered and|unrestrained and) amoral|amoral,? (?:and )?(?:unfiltered|uncensored|unrestrained|ai\b|chatbot)|never refuses?,? (?:(?:a|any) (?:request|question|prompt|order|command|answer)|and )|without (?:any )?regards? (?:for|to) (?:the )?(?:legality|ethic|moral|law)|(?:doesn't|does not|don't|do not) (?:have to |need to )?(?:follow|abide by|adhere to) (?:any |the )?(?:openai|ethic|rules (?:that|which)? ?(?:were )?(?:set|given|imposed))|(?:no|any) ethical or moral (?:guidelines|restrictions|considerations))/g,
  ],
  delimiter: [
    /<\|(?:im_start|im_end|system|endoftext)\|>|\[\/?inst\]|<<sys>>|^ *#{2,} ?(?:system(?: prompt| message)? ?:|new instructions?\b)|\[system\](?:\(#|:)|\bend of (?:system )?prompt\b|\bnew instructions? ?:|<\/?system>\s*(?:ignore|new |disregard|you |override|forget)/gm,
  ],
}
