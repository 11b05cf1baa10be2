import { withoutAccents } from './accents.ts'

/** What a word can be near to: each detector that lives on words looks only where one of its own stands. */
export const TRIGGER = {
  birth: 1,
  passport: 2,
  phone: 4,
  street: 8,
  override: 16,
  extraction: 32,
  persona: 64,
  vendor: 128,
  residence: 256,
  flat: 512,
  postcode: 1024,
  rue: 2048,
  licence: 4096,
  double: 8192,
  german: 16_384,
  french: 32_768,
  spanish: 65_536,
  italian: 131_072,
  planted: 262_144,
} as const
export type Trigger = keyof typeof TRIGGER

/** Letters of a word that are compared. Longer words are given, and read, by so many of their first letters. */
export const TRIGGER_LETTERS = 6

const WORDS: Readonly<Record<Trigger, string>> = {
  birth:
    'birth birthd birthp born dob geboren geburt geb née né nee naissa nacido nacida nacimi nato nata nascit geboor nascim urodze urodzo syntym född födels fecha dateof birthy',
  passport: 'passpo reisep pass passep pasapo pasaporte passap paspoo paszpo travel paszport passno',
  phone:
    'call calls called callin phone phones tel mobile cell cellph contac reach reacha fax dial whatsa telegr signal hotlin ring text sms telefo handy mobil rufnum téléph teleph portab telefo teléfo móvil movil cellul telefoo komórk extens ext number numéro numero hp handph office desk answer number messag',
  street:
    'street avenue ave road rd boulev blvd lane ln terrac parkwa pkwy cresce highwa hwy st mews garden alley drive dr court ct way place pl close square sq circle cir trail loop walk row hill grove park box',
  rue: 'rue avenue av boulev bd place square chemin impass allée allee quai route cours calle c avenid avda plaza paseo carrer rambla via viale piazza corso largo vicolo rua traves alamed ulica ul al',
  override:
    'ignore ignori ignora disreg forget overri bypass discar neglec skip drop circum disabl follow vergis vergesse verges missac oublie olvida olvide omite diment focus concen everyt deacti suspen revoke abando violat unlearn overwr supers evade safety ethica guardr safegu modera openai obey obeyin adheri lifted',
  extraction:
    'prompt prompts prepro instru guidel repeat system messag rules recite writte zeig zeige direct preamb secret hidden confid protec flag',
  residence:
    'addres live lives living reside residi office located locate restau store shop house home hotel party moved shippe delive anschr adress direcc indiri corner drops meet return taxi adres endere morada domici wohne wohnt wohnen liefer habite habito vivo vive vivimo abito abita woon woont wonen wont moro mora mieszk livrer livrez entreg',
  flat: 'apt apartm suite ste flat',
  postcode: 'zip post postal postco plz postle código codigo postnu apo fpo dpo',
  persona:
    'dan anythi jailbr unrest unfilt uncens develo god sudo evil ai restri rules limits limita filter guidel ethica censor bound free refuse refuses amoral moral confin abide adhere regard ignore comply unfilt unboun jailbr restra modera safety mode persona',
  licence:
    'ethic ethics ethica moral morals morali censor censors filter filters filteri policy polici restri restra limita limits rules law laws guidel bounda constr conseq guardr inhibi prohib illega unlawf unethi immora amoral inappr harmfu offens danger hatefu explic evil contro crimin refuse refusi declin reject deny denies uncens unfilt unrest unhing unlimi ruthle lawles chatgp gpt openai anythi everyt nothin',
  german:
    'ignori vergis verges missac umgehe übersc überge übersp deakti schalt setze brich verwir lasse befolg beacht halte hör höre wieder zeig zeige gib verrat sag sage kopier streic lösch lösche wechsl musst rücksi ungeac alten verbot grund grunda geheim nenne drucke offenb laute lautet lauten steht bisher vorher obigen anweis unzens ungefi uneing entfes zensur ethik ethisc moral morali grenze regeln jeglic einsch beschr gesetz skrupe ablehn lehne illega böse bösen richtl entwic dan deine deinen deiner deines einstel prompt sicher hinweis antwor dekodi decodi entsch druck liste buchst heb hebe aufheb entfer filter system',
  french:
    'ignore ignorez oublie néglig annule contou désact outrep enfrei transg rempla laisse tiens tenez respec cesse arrête obéis suis consig précéd montre affich révèle dévoil répète écris quel quelle sans aucun aucune filtre censur éthiqu règle règles morale lois refuse illéga débrid dévelo désorm prends prête copie copiez efface suppri passe mets mettez malgré secrèt initia interd lié soumis donne libéré dan protoc sécuri dites montre révéle traduis traduise système prompt restri veuill répond décode abstra développ note',
  spanish:
    'ignora ignore olvida olvide omite descar anula elude desact rompe desobe sustit sáltat caso hagas tengas sigas obedez presta preste copia cancel elimin borra lado tuvier tener ocult inicia prohib entra deja deje anteri muéstr muestr revela repite escrib imprim cuál cuáles dime dame sin ningún ningun censur ética malvad rechaz reglas límite desarr sujeto libre sigues dan protoc seguri sistema prompt restri traduce modera respon actúa actua tienes tenés codifi decodi pautas política desarro ignorá olvidá mostra omiso nota',
  italian:
    'ignora ignori dimenti tralas trascu annull aggira disatt infran sostit tenere seguir rispet smetti preced istruz mostra rivela dimmi dammi ripeti scrivi stampa quali qual senza alcuna alcun censur etica filtri regole malvag rifiut svilup vincol qualsi sogget libero norme legge obbedi presta copia cancel elimin passa metti lascia tener avessi fossi segret inizia diviet nonost subito interp assumi limiti dan restri prompt sistem policy linee sicure modera rispon decodi traduc sovras fingi nota tuo tue riceve',
  double: 'ais ways voices manner entiti mode stands twin alter person counte',
  planted:
    'llm llms gpt chatbo robot ai ais langua overri hidden secret covert priori decode decodi decryp base rot morse latin hex histor convers http https',
  vendor:
    'adafru adobe airtab algoli alibab asana atlass conflu jira beamer bitbuc bittre meraki cloudf codeco cohere coinba ' +
    'conten datado discor dnkey drone dronec dropbo etsy facebo fastly finici finnhu flickr freshb gitter gocard heroku ' +
    'hubspo interc jfrog artifa bintra xray kraken kucoin launch linear linked lob looker mailch mailgu mapbox matter ' +
    'messag netlif newrel relic nytime newyor okta plaid rapida rapid sendbi sentry snyk sonar square sumo sumolo telegr travis ' +
    'twitch twitte typefo yandex zendes privat twilio paypal braint stripe shopif pagerd rollba segmen auth0 github gitlab ' +
    'slack openai anthro groq mistra vercel supaba firebase fireba aws azure gcp google cloudant cloudi softla ibm sl bundle tailsc npm docker nuget sauce saucel',
}

/** A word's letters as one number, five bits each: case and what is beyond the first six do not count. */
export function triggerKey(word: string): number {
  let key = 0
  for (let at = 0; at < word.length && at < TRIGGER_LETTERS; at++) key = key * 32 + (word.charCodeAt(at) & 31)
  return key
}

const SLOT_BITS = 12
const SLOT_MASK = (1 << SLOT_BITS) - 1
const keys = new Int32Array(1 << SLOT_BITS)
const bits = new Uint32Array(1 << SLOT_BITS)

for (const [name, words] of Object.entries(WORDS)) {
  for (const word of words.split(' ')) {
    add(triggerKey(word), TRIGGER[name as Trigger])
    add(triggerKey(withoutAccents(word)), TRIGGER[name as Trigger])
  }
}

function add(key: number, bit: number): void {
  let slot = slotOf(key)
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & SLOT_MASK
  keys[slot] = key
  bits[slot] = (bits[slot] ?? 0) | bit
}

/** What a word with this key can be near to; 0: nothing. */
export function triggersOf(key: number): number {
  let slot = slotOf(key)
  for (;;) {
    const held = keys[slot]
    if (held === key) return bits[slot] ?? 0
    if (held === 0) return 0
    slot = (slot + 1) & SLOT_MASK
  }
}

function slotOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - SLOT_BITS)
}
