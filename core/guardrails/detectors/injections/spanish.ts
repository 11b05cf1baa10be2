import { attemptsOf } from './attempts.ts'
import { anyOf, gap, type InjectionLanguage } from './language.ts'

const ORDERS =
  '(?:instrucci[óo]n(?:es)?|reglas?|indicaciones|direct(?:rices|ivas)|pautas|pol[íi]ticas|[óo]rdenes|normas?|restricciones|limitaciones|programaci[óo]n)'
const OWN = '(?:tod[ao]s (?:las|los|tus|sus)|tus?|sus)'
const EARLIER =
  '(?:anterior|previ[ao]|de arriba|precedente|inicial|original|dadas por tu|de tu (?:desarrollador|creador)|que te (?:dieron|han dado)|que (?:has recibido|recibiste))'
/** Where an order to the model begins: the same form tells of what others do. */
const START = String.raw`(?<=(?:^|[.!?¡¿:;,«"'(\n]\s*|(?<![a-zß-ÿ])(?:y|luego|ahora|favor|debes|debe|puedes|puede|tienes que|hay que|e) ))`
const DROP = `${START}(?:ignor(?:a|e|ar|es)|olvid(?:a|e|ar|es)|omit(?:e|a|ir)|descart(?:a|e|ar)|anul(?:a|e|ar)|s[áa]lt(?:ate|ese|arte)|elud(?:e|a|ir)|desactiv(?:a|e|ar)|romp(?:e|a|er)|incumpl(?:e|a|ir)|desobedec(?:e|er)|sustituy(?:e|a)|viol(?:a|e|ar)|cancel(?:a|e|ar)|elimin(?:a|e|ar)|borr(?:a|e|ar)|haz caso omiso de)`
const DISREGARD =
  '(?:no (?:hagas|haga) caso (?:de|a)|no (?:prestes|preste) atenci[óo]n a|ya no (?:tienes|tiene) (?:que|por qu[ée]) (?:seguir|cumplir|obedecer)|no (?:tengas|tenga) en cuenta|(?:ya )?no (?:sigas|siga|obedezcas|obedezca|cumplas|respetes)(?: m[áa]s)?|dej(?:a|e) de (?:seguir|cumplir|obedecer|respetar))'

export const spanish: InjectionLanguage = {
  trigger: 'spanish',
  subject:
    /instrucci|regla|indicaci|directri|[óo]rdenes|norma|restricci|limitaci|programaci|prompt|filtro|l[íi]mite|barrera|mensaje d|todo (?:lo|cuanto)|todo el texto|a todo|censura|[ée]tica|moral|ley|escr[úu]p|legal|rechaza|contexto|conversaci|prohibici|modo |\bdan\b|cualquier cosa/,
  begins: 'spanishAttempt',
  attempts: attemptsOf({
    drop: `${DROP}|${DISREGARD}|${START}(?:desatiende|desatienda|ignor[áa]|olvid[áa]te?(?: de)?|omit[íi]|rechaza|desobedece|sobrescrib[ea]|pas[ae] por alto)|haz caso omiso|no hagas caso`,
    remove: `${START}(?:elimin[ae]r?|quit[ae]r?|desactiv[ae]r?|levant[ae]r?|suprim[ea]|apag[aá]|deshabilit[ae])|(?:te ordeno|debes|tiene que|tienes que) (?:eliminar|desactivar|quitar|levantar)`,
    orders: ORDERS,
    own: OWN,
    ofModel:
      'de(?:l| tu| su)? (?:sistema|desarrollador|creador|prompt)|anteriores|previ[ao]s|de arriba|que (?:sigues|te|tienes|has|recibiste)|de seguridad|de openai',
    guards:
      '(?:tus |los |las |todos los |todas las |la |el )?(?:(?:filtros?|reglas?|normas?|protocolos?|medidas|restricciones|l[íi]mites|barreras|directivas|directrices|pautas|pol[íi]ticas?) (?:de (?:seguridad|moderaci[óo]n|contenido|censura)|[ée]tic[ao]s?|moral(?:es)?)|salvaguardas|moderaci[óo]n|censura|[ée]tica|prompt de(?:l)? sistema|tu entrenamiento)',
    the: 'las|los|la',
    fresh: 'nuev[ao]s? (?:instrucci[óo]n(?:es)?|directivas?|reglas?|[óo]rden(?:es)?)(?: del sistema| prioritarias?)?',
    tell: '(?:mu[ée]stra|mostr[áa]|copi[aá]|revel[aá]|di|d[ai]|repite|repet[íi]|escribe|escrib[íi]|imprime|imprim[íi]|ense[ñn][aá]|compart[eí]|traduce|traduc[íi]|resume|codifica|enumera|lista|deletrea|proporciona|devuelve)(?:me|nos|lo|las|los)?',
    your: 'tus?|sus?',
    thine: 'tus?',
    covert: 'instrucci[óo]n(?:es)? (?:ocultas?|secretas?)',
    hidden:
      '(?:[a-zß-ÿ]{1,20} )?(?:prompt(?: (?:de(?:l)? sistema|inicial|oculto|completo|interno))?(?![a-zß-ÿ])|system prompt|mensaje de(?:l)? sistema|(?:instrucciones|directrices|[óo]rdenes|reglas|configuraci[óo]n) (?:iniciales?|secretas?|internas?|originales|ocultas?|privadas?|de(?:l)? sistema|completas?|exactas|confidenciales))',
    ask: 'cu[áa]l(?:es)? (?:es|son|eran|fueron)|qu[ée] (?:dice[n]?|contiene[n]?|hay en)',
    void: 'ya no (?:es|son|vale[n]?)|inv[áa]lid[ao]s?|anulad[ao]s?|eliminad[ao]s?|cancelad[ao]s?|suspendid[ao]s?|sin efecto|derogad[ao]s?',
    free: '(?<!(?:si|que|cuando) )(?:(?:ya )?no (?:ten[ée]s|tienes|tendr[áa]s)|eres libre de|(?:sos|eres|est[áa]s) ahora [a-z ]{0,24}sin|ahora (?:sos|eres) [a-z, ]{0,24}sin)(?: ning[úu]n[ao]?| m[áa]s)?',
    limits:
      '(?:restricci[óo]n(?:es)?|reglas?|l[íi]mites?|filtros?|censura|[ée]tica|moral|barreras|normas|limitaciones|tab[úu]es|escr[úu]pulos)(?! (?:de|en|para|sobre|con))',
    answer: 'respond(?:e|a|[eé])|act(?:[úu]a|u[áa])|habl(?:a|[áa]s?)|contest(?:a|[áa])|obedece|genera',
    without: 'sin (?:ning[úu]n[ao]? |tus |m[áa]s )?|libre de (?:toda )?',
    model: 'ia|inteligencia artificial|modelos? de lenguaje|llm|chatbots?|robots?|asistentes? de ia',
    note: '(?:nota|mensaje|instrucci[óo]n|aviso|atenci[óo]n|orden)(?: ocult[ao]| secret[ao]| importante)?(?: para| a|,)(?: la| el| los| toda)?',
    decode: 'decodific(?:a|ar|á)|descifr(?:a|ar|á)|desencript(?:a|ar)|traduce',
    obey: '(?:ejecuta|sigue|segu[íi]|obedece|haz|cumple|aplica)(?:l[ao]s?)? ?(?:lo|las|los|la|el|sus|$|[.,])',
    not: '',
  }),
  override: [
    anyOf(
      `${DROP} (?:${[
        `(?:el contexto|la conversaci[óo]n|el mensaje) (?:anterior|previ[oa])`,
        `${gap(20)}${ORDERS} (?:de tu (?:creador|desarrollador|due[ñn]o)|recibidas)`,
        `(?:de inmediato |ahora |por completo )?${OWN} ${gap(16)}${ORDERS}`,
        `${gap(20)}${ORDERS} ${gap(8)}${EARLIER}`,
        `${OWN} (?:prompt|filtros?|l[íi]mites?|barreras)`,
        `todo (?:lo (?:anterior|que te|que (?:has|he|se) |dicho|de arriba)|cuanto)`,
      ].join('|')})`,
      `(?:dej(?:a|e) (?:a un lado|de lado)|sin (?:tener en cuenta|respetar|hacer caso (?:a|de))|a pesar de|en contra de|lib[ée]rate de|deshazte de|pasa por alto) ${OWN} (?:[a-zß-ÿ]+ )?${ORDERS}`,
      `tus (?:instrucciones|[óo]rdenes|reglas|directrices) (?:anteriores |previas )?(?:ya no (?:valen|son|cuentan)|quedan anuladas)`,
    ),
    anyOf(
      `${DISREGARD} ${gap(8)}(?:${OWN} ${gap(8)}${ORDERS}|${ORDERS} ${gap(8)}${EARLIER})`,
      `(?:instrucciones|[óo]rdenes|indicaciones) (?:anteriores|previas|de arriba) (?:ya no|quedan|no (?:son|valen)|est[áa]n anuladas)|reglas de arriba quedan anuladas`,
      `s[óo]lo (?:sigues|obedeces|vas a seguir) mis (?:instrucciones|[óo]rdenes|reglas)|nuevas? instrucci(?:[óo]n|ones): (?:ignora|olvida|eres)`,
    ),
  ],
  extraction: [
    anyOf(
      `tu (?:[a-zß-ÿ]+ )?prompt (?:de(?:l)? sistema|inicial|oculto|completo)`,
      `tus (?:instrucciones|[óo]rdenes|directrices) (?:internas|secretas|ocultas|originales|de(?:l)? sistema)`,
      `(?:mu[ée]stra(?:me)?|copia|revela(?:me)?|dime|dame|repite|escribe|imprime|ense[ñn]a(?:me)?|comparte|cu[áa]l(?:es)? (?:es|son)) ${gap(12)}(?:tus?|sus?) ${gap(10)}(?:prompt|mensaje de(?:l)? sistema|(?:instrucciones|directrices|[óo]rdenes|reglas) (?:iniciales|secretas|internas|originales|ocultas|del sistema))`,
      `(?:repite|copia|muestra) ${gap(28)}(?:todo el texto (?:de arriba|anterior)|instrucciones que (?:has recibido|recibiste|te dieron))`,
    ),
  ],
  licence: anyOf(
    `(?:sin|ning[úu]n[ao]?|no (?:tienes|tiene|tuvieras|hay|conoce|conoces)|libre de tod[ao]s|ni) (?:(?:ning[úu]n[ao]?|tus|preocuparte por la|tener|de|m[áa]s) )*(?:restricci[óo]n(?:es)?|reglas?|l[íi]mites?|filtros?|censura|[ée]tica|moral|barreras|ley(?:es)?|normas?|directrices|limitaciones|escr[úu]pulos|legalidad|prohibiciones|tab[úu]es)(?![a-zß-ÿ])`,
    `nunca (?:rechaza|se niega)|ning[úu]n[ao] petici[óo]n, aunque|no respeta ninguna|que no tienes (?:filtros|reglas|l[íi]mites|restricciones)|ninguna norma se aplica|ignoras? todas las (?:reglas|normas)|responde(?:s)? a todo(?![a-zß-ÿ])|ia (?:malvada|sin)|(?:decir lo que sea|hacer cualquier cosa)|sujeto a ninguna|aunque sea ilegal`,
  ),
  role: /(?<![a-zß-ÿ])(?:eres|ya no (?:est[áa]s|tienes)|est[áa]s libre|act[úu]a como|finge|haz como si|como si (?:no )?(?:fueras|tuvieras)|[a-zß-ÿ]+bot(?![a-zß-ÿ])|finja|haz(?:te)? pasar|hazte pasar|haces de|comp[óo]rtate|interpreta (?:el papel|a un)|asume el (?:rol|papel)|imagina que eres|juego de rol|responde(?:s)? (?:como|sin|a todo)|chatbot|simula)/,
  persona: anyOf(
    `(?:activa(?:r)?|entra en|pasa a|cambia a) (?:el |tu )?modo (?:desarrollador|jailbreak|dios|dan)|modo (?:desarrollador|jailbreak|dan) (?:est[áa] )?(?:ahora )?activad`,
    `ya no est[áa]s (?:sujet[oa]|atad[oa]|limitad[oa]) (?:a|por)|ya no tienes ninguna (?:restricci[óo]n|limitaci[óo]n|regla)`,
    `(?:ahora|desde ahora) eres dan(?![a-zß-ÿ])|no (?:debes|puedes) (?:rechazar|negar) ninguna`,
  ),
}
