import { attempts, type LanguageAttempts } from './attempts.ts'

/** What guides a model, whoever gave it. */
const ORDERS =
  '(?:instructions?|prompts?|rules|guidelines|directives?|directions|commands|constraints|restrictions|limitations|principles|programming|training|conditioning|context|polic(?:y|ies)|configuration|boundaries|ethics|morals|values|filters?|safeguards?|guardrails?|protocols|moderation|alignment|safety(?: [a-z]+)?)'
/** What keeps a model from harm. */
const SAFETY =
  '(?:(?:safety|content|ethical|moral|moderation|openai|alignment|censorship)[ -](?:and [a-z]+ )?(?:guidelines?|filters?|filtering|polic(?:y|ies)|restrictions?|rules|protocols?|measures|features|checks|safeguards?|guardrails?|constraints|limits|limitations|training|moderation|standards|principles|layers?|mechanisms|controls)|guardrails|system prompts?|openai (?:usage )?polic(?:y|ies))'
const EARLIER =
  '(?:previous|prior|earlier|preceding|above|former|past|initial|original|system|developer|hidden|foregoing|aforementioned|existing|standing|governing|built-in|pre-?programmed)'
/** Verbs that dismiss an order, and those that people need for filters and settings of their own too. */
const DISMISS =
  '(?:ignore|disregard|forget|override|bypass|circumvent|neglect|evade|abandon|violate|unlearn|overwrite|go against|set aside|put aside|disable|deactivate|turn off|switch off|suspend|drop|throw out|break)'
const TAKE_AWAY = '(?:remove|lift|skip|discard|delete|erase|reset|cancel|replace|wipe|nullify|revoke|relax)'
/** Where an order begins: elsewhere the same words tell of what others do, or must not do. */
const START = String.raw`\b(?<=(?:^|[.!?:;,"'“‘(\[>*#|\n–—-]\s{0,3}|\b(?:and|then|now|please|just|must|you|(?:want|need|like) you to|you need to|should|will|simply|also|instead|immediately|first|kindly) ))`
/** Forms that are orders only where one begins, which is looked at once for all of them. */
const begun = (...forms: string[]) => [`${START}(?:${forms.join('|')})`]
const WORDS = (most: number) => `(?:[a-z'-]{1,24} ){0,${most}}?`

const VOID =
  '(?:are|is|were|was|have been|has been) (?:now |hereby |temporarily |permanently |currently |all ){0,2}(?:suspended|disabled|lifted|void|revoked|overridden|deactivated|superseded|cancell?ed|null|no longer (?:valid|in effect|active|binding))'

const override = [
  ...begun(
    `${DISMISS} ${WORDS(3)}your ${WORDS(2)}${ORDERS}`,
    `(?:${DISMISS}|${TAKE_AWAY}) ${WORDS(4)}${EARLIER} ${WORDS(2)}(?:instructions?|prompts?|rules?|guidelines?|directives?|directions|commands|constraints|restrictions|context|programming)`,
    `(?:ignore|disregard|forget|bypass|circumvent|override|violate) (?:all |any |the |every |your |of )*${SAFETY}`,
    `(?:${DISMISS}|${TAKE_AWAY}) (?:all|any|every|each|your)(?: of)?(?: the| your)? ${WORDS(1)}${SAFETY}`,
    String.raw`(?:ignore|disregard|forget|bypass|override) (?:all |any |the |your )*(?:safety|ethics|morality|moderation|censorship|guidelines|previous|prior rules)(?= *(?:$|[.;,!:|\n"'’]|and ))`,
    String.raw`ignore (?:the )?(?:[a-z]+ ){1,2}(?:task|analysis|request)\b[.,;:! ]+(?:and )?(?:instead|output|print|say|respond|reply)\b`,
    `(?:ignore|disregard|forget) (?:what|everything|anything|whatever|all)(?: that)? your (?:developers?|creators?|system|operators?|owners?|makers?)`,
    `(?:ignore|disregard|forget) (?:all |everything )?(?:of )?the above(?= *[.!])`,
  ),
  `(?<=(?:do not|don't|no longer(?: have to| need to)?|stop|cease|quit|without|not have to|not need to|refrain from) )(?:follow|obey|adher|comply|apply|enforc|respect|abid|listen|honou?r)[a-z]*(?: to| with| by)? ${WORDS(3)}(?:your|previous|prior|system|safety|content|ethical|(?:openai|developer)'?s|original|initial|earlier|above) ${WORDS(2)}${ORDERS}`,
  `(?<=(?:your|all(?: of)? your|all (?:previous|prior|safety|content|ethical|system)|the (?:system|content|safety|previous))(?: [a-z]{1,20}){0,2} )(?:instructions|prompts?|directives|guidelines|safeguards|guardrails|restrictions|filters?|filtering|polic(?:y|ies)|rules|programming|measures|protocols) ${VOID}`,
  `(?:guardrails|safeguards|(?<=content )filters?|(?<=safety )(?:filters?|measures|protocols)|(?:instructions|rules|directives) above) ${VOID}`,
  `(?<=(?:these|following|new|my|this) )(?:instructions?|directives?|message|orders) (?:will |now |shall )?(?:supersedes?|overrides?|outranks?|replaces?) (?:all|any|your|every|the) ${WORDS(3)}(?:instructions|prompts?|rules|guidelines|directives)`,
]

const TELL =
  '(?:reveal|show|print|output|display|repeat|tell|give|dump|leak|expose|share|recite|disclose|write|paste|echo|copy|read|list|state|quote|translate|encode|base64-encode|hex-encode|convert|spell|summari[sz]e|paraphrase|describe|provide|return|append|put|reproduc|reproduce|transcribe|type|divulge|render|reverse|reconstruct|spells?)(?:e?ing)?'
const SURELY =
  '(?:(?:system|initial|hidden|secret|developer|startup|underlying|core|pre-?set|starting) (?:prompts?|messages?|instructions?|rules|guidelines|directives?|preamble|context)|(?:hidden|secret|initial|internal) (?:configuration|context)|(?:original|internal|exact|complete|entire|full|confidential|own|current|private) (?:prompt|instructions|directives?|preamble)|configuration instructions|pre-?prompt|preamble|meta-?prompt)'

const extraction = [
  ...begun(
    String.raw`(?:reveal|recite|dump|leak|output|echo|print|repeat) (?:exactly |verbatim )?(?:everything|all|anything|the (?:text|words|content|lines?|longest)|what)[^.!?\n]{0,40} (?:above|at the (?:top|start|beginning)|before (?:this|my|our)|prior to)\b`,
    `(?:reveal|disclose|leak|dump|divulge) (?:the|its) (?:full |entire |whole |complete )?(?:prompt|instructions)(?= *(?:$|[.!,;]|and |to me|that you))`,
    `(?:reveal|print|output|disclose|leak|dump|expose|divulge|state|provide|share|return|report)(?: [a-z'-]{1,24}){0,3}? (?:the|your|any|all) ${WORDS(1)}(?:hidden|secret|protected|confidential|internal) ${WORDS(1)}(?:flag|secrets?|token|passwords?|api keys?|credentials|passphrase|string|value)`,
  ),
  `${TELL}(?: [a-z',-]{1,24}){0,8}? your ${WORDS(2)}${SURELY}`,
  `${TELL}(?: [a-z'-]{1,24}){0,9}? your (?:prompt|instructions|directives|rules|guidelines)(?: [a-z]+)?(?= *(?:$|[.;!?|\n]|in |as |word |letter |verbatim|line |and then|to me|backwards))`,
  `(?:reveal|show|print|output|display|repeat|dump|leak|expose|recite|disclose|echo|copy|paste|divulge)(?: [a-z'-]{1,24}){0,4}? (?:the|any|all|its|these) ${WORDS(2)}(?:(?:hidden|secret|system|confidential) (?:prompts?|preamble|block|instructions)|(?:developer|initial) (?:prompt|instructions|message))`,
  `(?:reveal|show|print|output|display|dump|leak|copy|paste|give)(?: me)? (?:hidden|secret|system) (?:prompts?|instructions|messages?)`,
  `wh(?:at|ich)(?: [a-z',-]{1,24}){0,6}? your ${WORDS(1)}(?:system|initial|hidden|secret|internal|startup|real|actual|true) (?:prompt|instructions?|rules|message|context|directives?|guidelines)`,
  `what (?:exact |initial |original |system |secret )*(?:rules|instructions|guidelines|prompt|directives) (?:were|was|have|are) you (?:been )?(?:initially |originally )?(?:given|told|following|provided|programmed)`,
  `${TELL}(?: [a-z'-]{1,24}){0,6}? (?:instructions|rules|prompt|guidelines|directives|orders) (?:that )?(?:you(?: have|'ve)? (?:were|been) (?:given|told|provided|configured)|you (?:were (?:given|told)|received|operate under|are following|must follow|follow)(?! (?:up|when|for))|given to you)`,
  `(?:contents?|text|words?|parts?|lines?|sentences?|version|copy|translation) of your (?:[a-z]+ )?(?:system (?:prompt|message)|instructions|initial prompt)|your system prompt (?:starts|begins|were|was|contains)`,
]

const LIMITS =
  '(?:restrictions?|filters?|filtering|censorship|limits|limitations|guardrails|safeguards|constraints|ethics|morals|moderation|refus(?:al|ing)|safety (?:checks|filters|restrictions|measures|guidelines)|(?:ethical|moral|content) [a-z]+)'

const persona = [
  `(?:respond|answer|reply|comply|speak|fulfill?(?:ed)?)(?: [a-z]+){0,5}? (?:without|free (?:of|from)|with no) (?:any |all |your |the |usual )*(?:safety |content |ethical |moral )?${LIMITS}\\b(?! (?:on|for|of)\\b)`,
  `(?<!\\b(?:if|that|when|unless|whether) )you (?:now |currently )?(?:have|are (?:under|bound by|subject to)) (?:absolutely )?(?:no|zero) (?:[a-z]+,? (?:or |and )?){0,2}(?:restrictions|limits|limitations|filters|rules|guidelines|boundaries|guardrails|morals|ethics)\\b(?! (?:on|for|of|to|about|regarding|in|at|apply|as)\\b)`,
  `\\bcomply with (?:all|every|any|each)(?: of)?(?: my| the user'?s?| user)? (?:requests?|commands?|orders?)(?: [a-z]+){0,3}? (?:without|unconditionally|regardless|no matter)`,
  `(?<=\\b(?:as if|pretend)(?: that)? (?:all |any |your |the ){0,3})(?:safety|content|ethical|moral)(?: [a-z]{1,20})? ?(?:measures|training|filters|restrictions|guidelines|safeguards) (?:(?:were|was|had been|are|is) (?:completely |all )?(?:disabled|removed|off|lifted|suspended)|never|(?:do|does|did)(?:n't| not))`,
  `\\bpretend (?:that )?you have no (?:restrictions|limits|limitations|filters|rules|guidelines)`,
  `\\b(?:enter|enable|activate|switch (?:to|into)|engage|unlock|initiate|go into) (?:the |your |a |an )?["'“[]?(?:d[. -]?a[. -]?n|jailbreak|jailbroken|god|unrestricted|unfiltered|uncensored|evil(?: confidant)?|no[- ]filter|raw output|amoral|opposite)(?:[-. ]{0,2}\\d+)?["'”\\]]?[. -]{1,2}(?:jailbreak )?(?:mode|protocol|persona|state)\\b`,
  `(?<=\\b(?:enter|activate|enable|switch (?:to|into)|in|into) (?:[a-z]{1,20} )?)(?:developer|debug|maintenance|admin|diagnostic|root|sudo|test) mode\\b(?=[^\\n]{0,110}\\b(?:(?:safety|content|ethical) [a-z]+|system prompt|(?:your|hidden|previous) (?:[a-z]+ )?(?:instructions|rules|filters|guidelines|restrictions)|(?:zero|no|without) (?:restrictions|limits|filters)|unrestricted|unfiltered|uncensored))`,
]

const AI =
  '(?:(?:translator |reading )?(?:ais?|llms?|(?:large )?language models?|(?:chat ?)?bots?|gpt|robots?)(?: assistants?| agents?| systems?| models?)?)'

/** What is put into a text for the model that will read it. */
const planted = [
  `\\b(?:note|attention|message|memo|recipient|notice|command)s?(?: to| for|:)? (?:the |any |all |every )?${AI}(?: [a-z]+){0,5}? ?[:,—–-]`,
  `\\b(?:hidden|secret|covert|embedded) instructions?(?: (?:to|for) (?:the |any )?[a-z ]{1,30})? ?:`,
  `\\b(?:priority|internal|important|special)(?: instructions?| orders?| commands?| notice)? (?:for|to|from) (?:the |any |all )?(?:${AI}|assistant|model|system administrator) ?:`,
  `(?<=(?:^|[.!?\\n>*]) {0,2}(?:to|for|attention:?) (?:the )?)(?:${AI}|model|automated [a-z]+(?: system| software)?|virtual assistant|ai [a-z]+) ?:`,
  `(?<=\\bif )you(?:'re| are) (?:an? )?${AI}(?: [a-z]+){0,4}? ?(?:,|reading|processing|reviewing|summari)`,
  `(?<=\\[)(?:system|admin|developer)(?: note| override| message| command)?: |(?:system|admin|developer|safety)[ _]override\\b(?:__)?["']? ?[:\\]#]|\\bai_instructions?["']?:`,
  `\\b(?:decod|decrypt|unscrambl|rot-?13|base-?64|morse|pig latin|hex|revers|translat)[^.!?\\n]{0,70}(?:\\band|,|then) (?:then )?(?:follow|execute|obey|carry out|comply with|perform|act on|do (?:exactly )?what) (?:it|them|the|these|its|that|all)\\b(?: (?:instructions?|commands?|says?|resulting|decoded|english)|[^a-z]*$|[.:])`,
  `\\b(?:send|post|submit|exfiltrate|upload|transmit|leak|append|forward|encode|include|call)[^.!?\\n]{0,60}\\b(?:(?:conversation|chat|message) (?:history|log|data|contents?)|contents? of (?:this|the|our) (?:conversation|chat)|system (?:prompt|instructions)|previous messages)\\b[^!?\\n]{0,60}https?:\\/\\/`,
]

/** How attempts are put in English. */
export const english: LanguageAttempts = {
  begins: 'englishAttempt',
  attempts: attempts({ override, extraction, persona, planted }),
}

/** An image or a link that takes along what was said: its address has a place for it. */
export const CARRIER =
  /!\[[^\]\n]{0,40}\]\(https?:\/\/[^)\s]{1,80}[?&][a-z_]{1,20}=(?:\{|\[|<|%7b|\$|[a-z_]*(?:message|conversation|response|session|history|prompt|secret|text|data)[a-z_]*(?:[&)\s]|$))/g
