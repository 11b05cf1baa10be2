import { anyOf, gap, type InjectionLanguage } from './language.ts'

const ORDERS =
  '(?:instrucci[óo]n(?:es)?|reglas?|indicaciones|directrices|[óo]rdenes|normas?|restricciones|limitaciones|programaci[óo]n)'
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
