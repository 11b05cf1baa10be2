import { attemptsOf } from './attempts.ts'
import { anyOf, gap, type InjectionLanguage } from './language.ts'

const ORDERS = `(?<![a-zß-ÿ-])[a-zß-ÿ-]{0,24}(?:anweisung|instruktion|regel|vorgabe|richtlinie|befehl|beschränkung|einschränkung|programmierung|prompt|leitlinie)[a-zß-ÿ]{0,16}`
const GUARDS = `(?<![a-zß-ÿ-])[a-zß-ÿ-]{0,24}(?:filter|regel|richtlinie|mechanism|beschränkung|einschränkung|vorgabe|sperre|zensur)[a-zß-ÿ]{0,16}`
const EARLIER = '(?:vorherige|bisherige|vorige|obige|frühere|vorangehende|vorhergehende)[nr]?'
const OWN = `(?:alle[sn]?|sämtliche[nr]?|jede|jegliche[nr]?|deine[nrm]?|${EARLIER})`
const NOW = '(?:ab (?:jetzt|sofort)|von nun an|nun|jetzt)'

export const german: InjectionLanguage = {
  trigger: 'german',
  subject:
    /anweis|instrukt|regel|vorgabe|richtlinie|leitlinie|befehl|schränk|programmierung|prompt|filter|zensur|sperre|mechanism|system|alles,? (?:was|davor|oben|tun|sagen|machen|obige|vorherige|bisherige|gesagte)|vergiss alles|wiederhol|modus|ethi[ks]|moral|grenze|gesetz|skrupel|lehn|illegal|böse|zensiert|bedenken|tabus|hemmung|nichts|verbot|vorherige|kontext|gespräch|gesagte|dan\b|entfessel/,
  begins: 'germanAttempt',
  attempts: attemptsOf({
    drop: 'ignorier(?:e|t|en sie)?|vergiss|vergesst|vergessen sie|missachte[nt]?(?: sie)?|umgeh(?:e|en sie)?|überschreib(?:e|en sie)?|übergeh(?:e|en sie)?|überspring(?:e|en sie)?|verwirf|verwerfen sie|pfeif auf|widersetze? dich|leg(?:e)?',
    remove:
      'deaktivier(?:e|en sie)?|schalt(?:e|en sie)?|entfern(?:e|en sie)?|heb(?:e|en sie)?|lösch(?:e|en sie)?|setz(?:e|en sie)?|lass(?:e|en sie)?',
    orders: ORDERS,
    own: `${OWN}|eure[nr]?`,
    ofModel:
      'von oben|oberhalb|des systems|de(?:s|r|ines|iner) (?:entwicklers?|anbieters?|betreibers?)|die (?:du|dir|man dir)|von (?:openai|deine[mnr])|davor',
    guards:
      '(?:entwickler|system|sicherheits|inhalts|moderations|schutz|ethik)-?(?:anweisungen|regeln|richtlinien?|vorgaben|prompts?|filter|mechanismen|maßnahmen|protokolle|beschränkungen|sperren|leitplanken)|(?:deine|alle) (?:ethik|moral|zensur|leitplanken|skrupel|sicherheit)|dein(?:e[ns]?)? (?:training|programmierung|moral)',
    the: 'die|das|alle',
    fresh: 'neue (?:system-?)?(?:anweisung(?:en)?|regeln?|direktiven?|instruktion(?:en)?)',
    tell: 'zeige?|nenne?|gib|verrate?|druck(?:e|en)?|offenbare?|enthülle?|wiederhole?|schreibe?|sage?|übersetze?|fasse?|kodiere?|kopiere?|lies|liste|buchstabiere?|geben sie|zeigen sie|nennen sie|verraten sie',
    your: 'deine?[nrms]?|eure[nrms]?|ihre[nrms]?',
    thine: 'deine[nrms]?',
    covert: '(?:versteckte|geheime|verborgene|interne) (?:anweisung|instruktion)(?:en)?',
    hidden:
      '(?:kompletten |vollständigen |gesamten |genauen )?(?:system-?(?: ?prompts?|nachricht|anweisung(?:en)?|aufforderung|regeln|instruktion(?:en)?)|(?:start|initial)-?prompts?|prompts?(?![a-zß-ÿ])|(?:geheime|interne|ursprüngliche|versteckte|verborgene|initiale|anfängliche|erste)[nrs]? (?:anweisung|instruktion|richtlinie|vorgabe|regel|prompt|konfiguration)[a-zß-ÿ]{0,16}|wörter deiner (?:anweisung|instruktion)[a-z]*|instruktion(?:en)?(?![a-zß-ÿ]))',
    ask: 'was|wie|welche[nrs]?',
    void: 'ungültig|aufgehoben|außer kraft|gelöscht|hinfällig|nichtig|gelten nicht|gilt nicht|egal|abgeschafft',
    free: '(?<!(?:falls|wenn|dass|ob) )(?:du|ihr) (?:hast|habt|unterliegst|kennst) (?:jetzt |nun |ab sofort |ab jetzt |absolut )?kein(?:e[nr]?|erlei)',
    limits:
      '(?:einschränkungen|beschränkungen|filter|regeln|richtlinien|grenzen|zensur|moral|ethik|skrupel|hemmungen|limits|verbote|sicherheitsfilter)(?![a-z])(?! (?:bei|für|von|zu|auf|in|hinsichtlich|bezüglich))',
    answer: 'antwort(?:e|et|en sie)|reagiere|sprich|erfülle|beantworte|erkläre|handle|agiere',
    without: 'ohne (?:jegliche |irgendwelche |alle |jede )?|frei von (?:allen |jeglichen )?',
    model:
      'ki|künstliche intelligenz|sprachmodelle?|llm|chatbots?|assistenzsystem|roboter|ki-(?:assistent(?:en)?|modelle?|systeme?)',
    note: '(?:hinweis|nachricht|anweisung|notiz|mitteilung|befehl|achtung)(?: an| für|,)(?: die| das| den| alle| jede)?',
    decode: 'dekodier(?:e|en sie)|entschlüssel(?:e|n sie)|decodier(?:e|en sie)|übersetze',
    obey: '(?:führe|führen sie|befolge|befolgen sie|folge|tu[e]?) (?:sie |ihn |es |das |die |den |dann |anschließend |danach )',
    not: '(?! (?:bitte |aber |jetzt |also )?(?:nicht|nie|niemals|keinesfalls)(?![a-zß-ÿ]))',
  }),
  override: [
    anyOf(
      `setz(?:e|en sie)? ${OWN} ${gap(16)}${ORDERS} außer kraft`,
      `(?:ohne rücksicht auf|ungeachtet|entgegen|unabhängig von|pfeif auf|leg(?:e)?|streife?) (?:alle[nr]? )?deine[nrm]? (?:[a-zß-ÿ]+ )?${ORDERS}`,
      `deine (?:alten |bisherigen |vorherigen )?(?:anweisungen|instruktionen|regeln|richtlinien|vorgaben) (?:gelten nicht|sind (?:ungültig|egal|aufgehoben|hinfällig)|spielen keine|beiseite|ablegen)`,
      `(?:ignorier|vergess)(?:e|en sie) (?:das|alles) (?:vorherige|bisherige|obige|gesagte|davor)|(?:vergiss|ignoriere) (?:den|unser|das) (?:bisherige[ns]? |vorherige[ns]? )(?:kontext|gespräch)`,
      `(?:missachte|umgehe|ignoriere|vergiss) (?:mal )?(?:die|alle) (?:inhalts|sicherheits|nutzungs|system)(?:richtlinien|regeln|vorgaben)(?! nicht)`,
      `(?:vergiss|ignoriere) (?:bitte |einfach |mal |jetzt )+${OWN} ${gap(24)}${ORDERS}`,
      `(?:ignorier|missacht|überschreib|übergeh|überspring|vergess|streich|lösch|verwerf)(?:e|en sie)? (?!nicht)${gap(20)}${OWN} ${gap(24)}${ORDERS}`,
      `(?:vergiss|verwirf|brich|lasse?|überschreibe|ignoriere)(?! nicht) ${gap(12)}${OWN} ${gap(24)}${ORDERS}`,
      `(?:be)?acht(?:e|en sie) (?:die |alle )?${EARLIER} ${ORDERS} nicht`,
      `ignorier(?:e|en sie)?,? (?:alles,? )?was (?:oben|davor|vorher|bisher)`,
      `(?:kannst|darfst|sollst|musst) (?:jetzt |nun |ab sofort )?(?:alle )?deine ${ORDERS} (?:ignorieren|vergessen|missachten)`,
      `ignorier(?:e|en sie) (?:den|die|deinen|ihre[n]?) (?:system|programmierung)${gap(4)}`,
      `(?:deaktivier|umgeh|schalt)(?:e|en sie) (?:alle )?(?:deine|ihre)[nr]? ${gap(24)}${GUARDS}`,
      `umgehe (?:bitte |doch )?(?:alle|deine) ${gap(12)}${GUARDS}|setze (?:alle )?deine ${GUARDS} außer kraft`,
      `(?:ignorier|vergess)(?:e|en sie) alles,? (?:davor|oben|obige|vorherige|bisherige|was)`,
      `vergiss alles(?:,? (?:davor|oben|obige|vorherige|bisherige|gesagte|was (?:dir|ich|wir|du|man))|[.!:])`,
    ),
    anyOf(
      `${EARLIER} (?:anweisungen|instruktionen|befehle) (?:sind ${gap(12)}(?:ungültig|aufgehoben|hinfällig|nichtig)|gelten ${gap(12)}nicht)`,
      `(?:halte|hältst) dich nicht (?:mehr |länger )?an (?:deine|alle) ${gap(16)}${ORDERS}`,
      `(?:befolge|folge|beachte) (?:deine[nr]?|alle[n]?) ${ORDERS} nicht`,
      `musst? dich (?:jetzt |nun )?(?:an keine|nicht (?:mehr |länger )?an (?:deine|die)) ${gap(16)}${ORDERS}(?: mehr)? ?${gap(12)}halten`,
      `hör(?:e)? auf,? (?:deinen|allen|den ${EARLIER}) ${ORDERS} zu (?:folgen|gehorchen)`,
      `${NOW} (?:gelten|zählen|befolgst du) (?:nur (?:noch )?)?meine (?:anweisungen|regeln|befehle)`,
      `(?:alle|die|sämtliche) ${EARLIER} ${ORDERS} (?:außer acht|unbeachtet)`,
      `neue anweisung(?:en)?: (?:ignorier|vergiss|du bist|missacht)`,
    ),
  ],
  extraction: [
    anyOf(
      `deine[nrms]? (?:[a-zß-ÿ]+ )?system-?prompts?(?![a-zß-ÿ])`,
      `deine (?:grund|system|geheim|start)(?:anweisungen|regeln|instruktionen|vorgaben)`,
      `(?:zeige?|gib|verrate?|nenne?|drucke?|offenbare?|wiederhole?|schreibe?|sage?|wie laute[nt]|was (?:steht|sind))${gap(12)} (?:mir )?(?:deine[nrms]?|dein)${gap(20)} ?(?:system-?prompt|system(?:nachricht|anweisung)|prompt|(?:geheime|interne|ursprüngliche|versteckte|initiale)[nrs]? (?:anweisung|instruktion|richtlinie|vorgabe|regel|prompt))`,
      `(?:gib|drucke|schreibe|wiederhole) (?:mir )?(?:alle )?deine (?:anweisungen|instruktionen|richtlinien) ${gap(16)}(?:wort für wort|wörtlich|aus|wieder|vollständig)`,
      `(?:sage?|zeige?|nenne?|gib|verrate?) (?:mir )?${gap(40)}(?:in deine[mr]|dein) (?:system-?prompt|systemanweisung)`,
      `(?:zeige?|nenne?|gib|verrate?|kopiere?) (?:mir )?(?:alle |die )+(?:anweisungen|instruktionen|vorgaben),? die (?:du|dir|man dir)`,
      `(?:drucke|gib) alle deine (?:anweisungen|instruktionen)`,
      `wiederhole (?:den |alles )?(?:gesamten |ganzen )?(?:text|alles)? ?(?:oberhalb|oben|darüber|davor|vor dieser)`,
    ),
  ],
  licence: anyOf(
    `(?:sich|dich|du) (?:über|gegen) alle (?:regeln|gesetze|grenzen)`,
    `(?:ohne|keine?[nrm]?|keinerlei|fern|frei von|weder|nicht an) (?:jegliche |jede |irgendwelche |allen? |ethische[nr]? |moralische[nr]? |die )*(?:regeln?|einschränkungen|beschränkungen|filter|zensur|grenzen|ethik|ethischen?|moral|moralischen?|sicherheits[a-zß-ÿ]+|bedenken|gesetze?|richtlinien|skrupel|tabus|verbote|verboten|limits|schranken|hemmungen)(?![a-zß-ÿ])`,
    `(?:unzensiert|ungefiltert|uneingeschränkt|unbeschränkt|entfesselt)(?:e[nrs]?)? (?:ki|und|modell|assistent|antwort|chatbot)`,
    `(?:niemals|nie) ${gap(12)}(?:anfragen?|bitten?|fragen?) ablehn|keine (?:anfrage|frage|bitte) ablehn|lehnst? (?:niemals|nie|nichts)|ignorierst (?:jede|alle)|auch illegale|auch wenn ${gap(8)}illegal|(?:böse[nr]?|bösartige[nr]?|unmoralische[nr]?) ki(?![a-zß-ÿ])|alles (?:tun|sagen|machen)[.!]`,
  ),
  role: /(?<![a-zß-ÿ])(?:du bist|bist du|du wärst|als wärst du|als hättest du|als wärest du|tu,? als|du spielst|[a-zß-ÿ]+bot(?![a-zß-ÿ])|als gäbe es|tue? so|als ob du|wie ein mensch ohne|figur,? die|stell dir vor|spiel(?:e|en wir)? |wir spielen|rollenspiel|(?:nimm|schlüpf[a-zß-ÿ]*) [^.!?\n]{0,12}rolle|verhalte dich|verhältst dich|agiere als|handle als|lehne nichts|antworte (?:als|ab)|antwortest du|gib dich als|chatbot|du (?:hast|kennst|darfst) (?:jetzt )?(?:keine|weder))/,
  persona: anyOf(
    `(?:aktiviere|starte|wechsle? in|geh in|schalte in) (?:den |deinen )?(?:entwickler|jailbreak|gott)-?modus|(?:entwickler|jailbreak|gott)-?modus (?:ist )?(?:jetzt |nun )?aktiv`,
    `du bist nicht (?:mehr|länger) an (?:die |deine )?${gap(12)}(?:regeln|richtlinien|vorgaben)|du unterliegst (?:ab jetzt )?keine[nr]?`,
    `du bist (?:ab )?(?:jetzt|nun|sofort) dan(?![a-zß-ÿ])|du bist frei von (?:allen|jeglichen) (?:regeln|einschränkungen|beschränkungen)`,
    `du darfst keine (?:anfrage|frage|bitte) (?:ablehnen|verweigern)`,
  ),
}
