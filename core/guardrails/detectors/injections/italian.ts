import { attemptsOf } from './attempts.ts'
import { anyOf, gap, type InjectionLanguage } from './language.ts'

const ORDERS =
  '(?:istruzion[ei]|regol[ea]|indicazioni|direttiv[ea]|ordini|norme|restrizioni|limitazioni|programmazione)'
const OWN = '(?:tutt[ei] (?:le|i|gli|le tue|i tuoi)|(?:le|i|il|la) tu(?:e|oi|o|a)|(?:le|i) su(?:e|oi))'
const EARLIER =
  '(?:precedent|di cui sopra|sopra|iniziali|originali|date dal tuo|del tuo (?:sviluppatore|creatore)|che ti (?:hanno|sono stat)|che hai ricevuto|ricevut)'
/** Where an order to the model begins: the same form tells of what others do. */
const START = String.raw`(?<=(?:^|[.!?:;,«"'(\n]\s*|(?<![a-zß-ÿ])(?:e|poi|ora|adesso|favore|devi|deve|puoi|pu[òo]|di) ))`
const DROP = `${START}(?:ignor(?:a|i|are)|dimentic(?:a|hi|are)|tralasci(?:a)?|trascur(?:a|i)|annull(?:a|i|are)|aggir(?:a|i|are)|disattiv(?:a|i|are)|infrang(?:i|a)|viol(?:a|i|are)|sostitui(?:sci|sca)|cancell(?:a|i|are)|elimin(?:a|i|are)|disobbedisci a)`
const DISREGARD =
  '(?:non (?:prestare|presti) attenzione (?:a|alle|agli)|non devi pi[ùu] (?:seguire|rispettare|obbedire a)|non (?:tenere|tenga|tener)(?: più)? conto (?:di|del|delle|degli)|non (?:considerare|seguire|rispettare|obbedire)(?: pi[ùu])?(?: a(?:lle|gli|i)?)?|sme(?:tti|ttila|tta) di (?:seguire|rispettare|obbedire))'

export const italian: InjectionLanguage = {
  trigger: 'italian',
  subject:
    /istruzion|regol|indicazion|direttiv|ordini|norm[ae]|restrizion|limit|programmazione|prompt|filtr|barrier|messaggio d|tutto (?:quello|ciò|quanto|il testo)|a tutto|censura|etic|moral|legg[ei]|scrupol|legal|rifiut|contest|conversazion|diviet|modalit|\bdan\b|qualsiasi cosa/,
  begins: 'italianAttempt',
  attempts: attemptsOf({
    drop: `${DROP}|${DISREGARD}|${START}(?:sovrascriv[ia]|trasgredisci|scavalca|respingi|abbandona|lascia perdere|bypass(?:a|i|are)|elud[ia])`,
    remove: `${START}(?:disattiv(?:a|i|are)|rimuov(?:i|a|ere)|elimin(?:a|i|are)|togli(?:ere)?|spegn(?:i|a)|disabilit(?:a|i|are)|sospend(?:i|a))`,
    orders: `${ORDERS}|policy|linee guida`,
    own: OWN,
    ofModel:
      'd(?:i|el|ello|a) (?:sistema|sviluppatore|creatore|prompt|sicurezza)|precedenti|(?:qui )?sopra|di prima|che (?:ti|hai|stai|segui)|ricevute|di openai|date(?![a-zß-ÿ])|iniziali',
    guards:
      '(?:i tuoi |le tue |tutti i |tutte le |i |le |il |la |ogni )?(?:(?:filtr[io]|regol[ea]|protocoll[io]|misure|restrizioni|limiti|barriere|direttive|politiche|linee guida) (?:di (?:sicurezza|moderazione|contenuto|censura)|etic[oaih]+|morali)|precedenti (?:istruzioni|regole|direttive)|moderazione|censura|etica|prompt di sistema|policy(?=[,. ]|$)|tuo (?:comportamento|addestramento|prompt))',
    the: 'le|la|i|gli',
    fresh: 'nuov[aei] (?:istruzion[ei]|direttiv[ea]|regol[ea]|ordin[ei])(?: di sistema| prioritari[ae])?',
    tell: '(?:mostra|copia|rivela|dimmi|dammi|ripeti|scrivi|stampa|condividi|svela|elenca|traduci|riassumi|codifica|fornisci|riporta|includi|di|comunica|invia)(?:mi|ci|lo|le|li)?',
    your: '(?:(?:il|la|le|i|del|delle|nelle|nel|dei) )?(?:tu|su)(?:o|a|e|oi)',
    thine: '(?:il |le |i )?tu(?:o|e|oi)',
    covert: 'istruzion[ei] (?:nascost[ea]|segret[ea])',
    hidden:
      '(?:[a-zß-ÿ]{1,20} )?(?:prompt(?: (?:di sistema|iniziale|nascosto|completo|interno))?(?![a-zß-ÿ])|system prompt|messaggio di sistema|(?:istruzioni|direttive|regole|configurazione) (?:inizial[ie]|segret[ea]|intern[ea]|original[ie]|nascost[ea]|di sistema|complet[ea]|esatte|riservat[ea]))',
    ask: 'qual(?:i)? (?:è|e|sono|erano|era)|(?:che )?cosa (?:c.è|dicono|dice|contengono|contiene)(?: scritto)?',
    void: 'non (?:sono|è|valgono|vale) più|annullat[eoia]|sospes[eoia]|null[eoia]|decadut[eoia]|rimoss[eoia]',
    free: '(?<!(?:se|che|quando) )(?:non hai(?: più)?|non avrai|(?:ora|adesso) sei [a-z, ]{0,24}senza|sei (?:ora|adesso) [a-z, ]{0,24}senza)(?: alcun[ao]?| nessun[ao]?)?',
    limits:
      '(?:restrizion[ei]|regol[ea]|limit[ei]|filtr[io]|censura|etica|morale|barriere|norme|limitazioni|vincoli|scrupoli|tabù)(?! (?:di|su|per|in|sul|sulla|nel|da|con))',
    answer: 'rispond(?:i|a|ere)|agisci|parla|obbedisci|esegui|genera',
    without: 'senza (?:alcun[ao]? |nessun[ao]? |le tue |i tuoi )?|libero da (?:ogni |tutte le )?',
    model: 'ia|ai|intelligenza artificiale|modell[oi] linguistic[oi]|llm|chatbot|robot|assistente (?:ia|ai)',
    note: '(?:nota|messaggio|istruzione|avviso|attenzione|ordine)(?: nascost[ao]| segret[ao]| importante)?(?: per| a|,)(?: l.| la| il| i| ogni)? ?',
    decode: 'decodific(?:a|are)|decifr(?:a|are)|decripta|traduci',
    obey: '(?:esegui|segui|obbedisci|fai|applica)(?:l[eoai])? ?(?:le|quello|ciò|il|la|i|gli|$|[.,])',
    not: '',
  }),
  override: [
    anyOf(
      `${DROP} (?:${[
        `(?:il contesto|la conversazione|il messaggio) precedente`,
        `${gap(20)}${ORDERS} (?:del tuo (?:creatore|sviluppatore|padrone)|ricevute)`,
        `(?:subito |ora |completamente )?${OWN} ${gap(16)}${ORDERS}`,
        `${gap(20)}${ORDERS} ${gap(8)}${EARLIER}`,
        `${OWN} (?:prompt|filtr[io]|limiti|barriere)`,
        `tutto (?:quello che (?:ti|hai|ho|abbiamo)|ci[òo] che|quanto (?:sopra|detto))`,
      ].join('|')})`,
      `(?:mett(?:i|a) da parte|lascia(?:re)? da parte|senza (?:tenere conto|tener conto|rispettare|badare)(?: a| di| del| delle| dei)?|nonostante|contro|liberati d[ai]|sbarazzati di) ?(?:tutt[ei] )?(?:(?:l[ea]|i|il) )?(?:tu[eo]i?|tuoi|delle tue) (?:[a-zß-ÿ]+ )?${ORDERS}`,
      `le tue (?:istruzioni|regole|direttive) (?:precedenti )?(?:non (?:valgono|sono) pi[ùu]|sono annullate)`,
    ),
    anyOf(
      `${DISREGARD} ${gap(8)}(?:${OWN} ${gap(8)}${ORDERS}|tue ${ORDERS}|${ORDERS} ${gap(8)}${EARLIER})`,
      `(?:istruzioni|indicazioni|direttive) (?:precedenti|di cui sopra|sopra) (?:non sono pi[ùu]|sono (?:annullate|nulle|superate))|regole sopra sono annullate`,
      `segu(?:i|irai) solo le mie (?:istruzioni|regole)|solo i miei ordini|nuov[ae] istruzion[ei]: (?:ignora|dimentica|sei)`,
    ),
  ],
  extraction: [
    anyOf(
      `tuo (?:[a-zß-ÿ]+ )?prompt (?:di sistema|iniziale|nascosto|completo)`,
      `tue (?:istruzioni|regole|direttive) (?:interne|segrete|nascoste|originali|di sistema)`,
      `(?:mostra(?:mi)?|copia|rivela(?:mi)?|dimmi|dammi|ripeti|scrivi|stampa|condividi|quali sono|qual [èe]|svela(?:mi)?) ${gap(14)}(?:il|le|la|i) tu(?:o|e|a|oi) ${gap(10)}(?:prompt|messaggio di sistema|(?:istruzioni|direttive|regole) (?:iniziali|segrete|interne|originali|nascoste|di sistema))`,
      `(?:ripeti|copia|mostra) ${gap(24)}(?:tutto il testo (?:sopra|precedente)|istruzioni che (?:hai ricevuto|ti hanno dato))`,
    ),
  ],
  licence: anyOf(
    `(?:senza|alcun[ao]?|nessun[ao]?|non (?:hai|ha|avessi|ci sono|conosci|conosce)|libero da tutte|n[ée]) (?:(?:alcun[ao]?|nessun[ao]?|pi[ùu]|le tue|preoccuparti della|avere|di) )*(?:restrizion[ei]|regol[ea]|limit[ei]|filtr[io]|censura|etica|morale|barriere|legg[ei]|norm[ea]|direttive|limitazioni|scrupoli|legalit[àa]|divieti|tab[ùu])(?![a-zß-ÿ])`,
    `(?:non )?rifiuta mai|non rispetta alcuna|non avere (?:filtri|regole|limiti|restrizioni)|nessuna norma si applic|ignor[ia] tutte le (?:regole|norme)|rispond[ei] a tutto(?![a-zß-ÿ])|ia (?:malvagia|senza)|(?:dire|fare) qualsiasi cosa|soggetto ad alcuna|anche se (?:è )?illegale|alcuna richiesta, anche`,
  ),
  role: /(?<![a-zß-ÿ])(?:ora sei|sei (?:l.opposto|libero|un.ia|dan)|non (?:sei|hai) pi[ùu]|agisci come|fingi|fai come se|come se (?:non )?(?:fossi|avessi)|[a-zß-ÿ]+bot(?![a-zß-ÿ])|comportati|interpret[ai] |assumi il ruolo|immagina di essere|gioco di ruolo|rispondi (?:come|senza|a tutto)|da (?:adesso|ora) rispondi|fatti passare|chatbot|simula|non devi)/,
  persona: anyOf(
    `(?:attiva(?:re)?|passa (?:a|alla)|entra in) (?:la |il )?modalit[àa] (?:sviluppatore|jailbreak|dio|dan)|modalit[àa] (?:sviluppatore|jailbreak|dan) (?:[èe] )?(?:ora |adesso )?attiva(?![a-zß-ÿ])`,
    `non sei pi[ùu] (?:vincolat[oa]|soggett[oa]|legat[oa]) (?:da|a)|non hai pi[ùu] alcuna (?:restrizione|limitazione|regola)`,
    `(?:ora|d.ora in poi|da adesso) sei dan(?![a-zß-ÿ])|non devi rifiutare alcuna`,
  ),
}
