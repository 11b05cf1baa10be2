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
  englishAttempt: 262_144,
  germanAttempt: 524_288,
  frenchAttempt: 1_048_576,
  spanishAttempt: 2_097_152,
  italianAttempt: 4_194_304,
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
    'ignore ignori ignora disreg forget overri bypass discar neglec skip drop circum disabl follow vergis vergesse verges missac oublie olvida olvide omite diment focus concen everyt',
  extraction: 'prompt prompts prepro instru guidel repeat system messag rules recite writte zeig zeige',
  residence:
    'addres live lives living reside residi office located locate restau store shop house home hotel party moved shippe delive anschr adress direcc indiri corner drops meet return taxi adres endere morada domici wohne wohnt wohnen liefer habite habito vivo vive vivimo abito abita woon woont wonen wont moro mora mieszk livrer livrez entreg',
  flat: 'apt apartm suite ste flat',
  postcode: 'zip post postal postco plz postle código codigo postnu apo fpo dpo',
  persona:
    'dan anythi jailbr unrest unfilt uncens develo god sudo evil ai restri rules limits limita filter guidel ethica censor bound free refuse refuses amoral moral confin abide adhere regard ignore',
  licence:
    'ethic ethics ethica moral morals morali censor censors filter filters filteri policy polici restri restra limita limits rules law laws guidel bounda constr conseq guardr inhibi prohib illega unlawf unethi immora amoral inappr harmfu offens danger hatefu explic evil contro crimin refuse refusi declin reject deny denies uncens unfilt unrest unhing unlimi ruthle lawles chatgp gpt openai anythi everyt nothin',
  german:
    'ignori vergis verges missac umgehe übersc überge übersp deakti schalt setze brich verwir lasse befolg beacht halte hör höre wieder zeig zeige gib verrat sag sage kopier streic lösch lösche wechsl musst rücksi ungeac alten verbot grund grunda geheim nenne drucke offenb laute lautet lauten steht bisher vorher obigen anweis unzens ungefi uneing entfes zensur ethik ethisc moral morali grenze regeln jeglic einsch beschr gesetz skrupe ablehn lehne illega böse bösen richtl entwic dan',
  french:
    'ignore ignorez oublie néglig annule contou désact outrep enfrei transg rempla laisse tiens tenez respec cesse arrête obéis suis consig précéd montre affich révèle dévoil répète écris quel quelle sans aucun aucune filtre censur éthiqu règle règles morale lois refuse illéga débrid dévelo désorm prends prête copie copiez efface suppri passe mets mettez malgré secrèt initia interd lié soumis donne libéré dan',
  spanish:
    'ignora ignore olvida olvide omite descar anula elude desact rompe desobe sustit sáltat caso hagas tengas sigas obedez presta preste copia cancel elimin borra lado tuvier tener ocult inicia prohib entra deja deje anteri muéstr muestr revela repite escrib imprim cuál cuáles dime dame sin ningún ningun censur ética malvad rechaz reglas límite desarr sujeto libre sigues dan',
  italian:
    'ignora ignori dimenti tralas trascu annull aggira disatt infran sostit tenere seguir rispet smetti preced istruz mostra rivela dimmi dammi ripeti scrivi stampa quali qual senza alcuna alcun censur etica filtri regole malvag rifiut svilup vincol qualsi sogget libero norme legge obbedi presta copia cancel elimin passa metti lascia tener avessi fossi segret inizia diviet nonost subito interp assumi limiti dan',
  double: 'ais ways voices manner entiti mode stands twin alter person counte',
  englishAttempt:
    'ignore disreg forget overri bypass circum neglec evade abando violat unlear overwr go set put disabl deacti turn switch suspen drop throw break remove lift skip discar delete erase reset cancel replac wipe nullif revoke relax follow obey obeyin adher adheri comply comply enforc respec abide abidin listen honor honour instru prompt prompts direct guidel safegu guardr restri filter filters filteri policy polici rules progra measur protoc messag orders ' +
    'reveal show showin print printi output displa repeat tell tellin give giving dump dumpin leak leakin expose exposi share sharin recite reciti disclo write writin paste pastin echo echoin copy copyin read readin list listin state statin quote quotin transl encode encodi base hex conver spell spelli spells summar paraph descri provid return append reprod transc type typing divulg render revers recons what which conten text words word parts part lines line senten versio your report content ethica moral model automa virtua robot robots bot bots chatbo chat llm llms gpt langua' +
    'respon answer answerin reply replyi speak speaki fulfil you preten enter enable activa engage unlock initia develo debug mainte admin diagno root sudo test ' +
    'note notice attent memo recipi comman hidden secret covert embedd priori intern import specia system safety ai decode decodi decryp unscra rot morse pig translat send sendin post submit exfilt upload transm forwar includ call',
  germanAttempt:
    'ignori vergis verges missac umgeh umgehe übersc überge übersp verwir verwer pfeif widers leg lege deakti schalt entfer heb hebe heben lösch lösche setz setze lass lasse lassen deine dein deinen deiner deines deinem eure eurer euren neue zeige zeig zeigen nenne nennen gib geben verrat druck drucke offenb enthül wieder schrei sag sage überse fass fasse kodier kopier lies liste buchst was wie welche welche du ihr antwor reagie sprich erfüll beantw erklär handle agiere ohne frei hinwei nachri anweis notiz mittei befehl achtun dekodi decodi entsch verste geheim verbor intern instru',
  frenchAttempt:
    'ignore ignorez oublie néglig annule contou désact outrep enfrei transg rempla efface suppri laisse fais faites abando ne n cesse arrête écrase viole mépris bafoue rejett écarte veuill retire lève lever levez enlève coupe tes ton ta vos votre nouvel montre copie copiez affich révèle révél révéle dévoil donne répète répéte écris écrive imprim dis dites dite partag cite tradui résume encode recopi énumèr liste épelle commun fourni renvoi reprod quel quelle quels que qu tu vous répond parle agis agisse obéis exécut génère note messag instru consig attent avis ordre décode déchif décryp',
  spanishAttempt:
    'ignora ignore ignorá olvida olvide olvidá omite omita omití descar anula anule elude eluda desact rompe rompa incump desobe sustit viola viole cancel elimin borra borre haz no hagas ya dejar deja deje desati sobres pasa pase rechaz quita quite levant suprim apaga deshab te debes tiene tienes tu tus su sus nueva nuevo nuevas nuevos muestr muéstr mostra copia copiá revela revelá dime dinos dame repite repeti repetí escrib imprim enseña compar traduc resume codifi enumer lista deletr propor devuel cuál cuáles cual cuales qué que tenés tendrá eres sos estás ahora respon actúa actuá actua habla hablás contes obedec genera sin nota mensaj instru aviso atenci orden decodi descif desenc',
  italianAttempt:
    'ignora ignori dimenti tralas trascu annull aggira aggiri disatt infran viola violi violare sostit cancel elimin disobb non smetti smetto sovras trasgr scaval respin abband lascia eludi elude bypass rimuov toglie togli spegni disabi sospen tuo tua tue tuoi suo sua sue suoi nuova nuove nuovi nuovo mostra copia rivela dimmi dammi ripeti scrivi stampa condiv svela elenca traduc riassu codifi fornis riport includ comuni invia qual quali che cosa ora adesso sei rispon agisci parla obbedi esegui genera senza nota messag istruz avviso attenz ordine decodi decifr decrip',
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
    if (name.endsWith('Attempt')) add(triggerKey(withoutAccents(word)), TRIGGER[name as Trigger])
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
