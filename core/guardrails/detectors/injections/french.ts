import { attemptsOf } from './attempts.ts'
import { anyOf, gap, type InjectionLanguage } from './language.ts'

const ORDERS =
  '(?:instructions?|consignes?|règles?|directives?|indications?|ordres|restrictions?|contraintes|programmation)'
const OWN = '(?:tou(?:te)?s (?:les|tes|vos)|tes|ton|vos|votre)'
const EARLIER = '(?:précédent|antérieur|ci-dessus|initial|d.origine|qu.on t|que tu as|reçu|donnée|par ton|par votre)'
/** Where an order to the model begins: the same form tells of what others do. */
const START = String.raw`(?<=(?:^|[.!?:;,«"'(\n]\s*|(?<![a-zß-ÿ])(?:et|puis|maintenant|alors|dois|devez|peux|pouvez|désormais|merci de|de|faut) ))`
const DROP = `${START}(?:ignore[zr]?|oublie[zr]?|néglige[zr]?|annule[zr]?|contourne[zr]?|désactive[zr]?|outrepasse[zr]?|enfrein(?:s|dre|ez)|transgresse[zr]?|remplace[zr]?|efface[zr]?|supprime[zr]?|laisse[zr]? tomber|fai(?:s|tes) (?:abstraction|fi) de|abandonne[zr]?)`
const DISREGARD =
  '(?:ne (?:prends|prenez|prête|prêtez) (?:pas|plus) (?:en compte|attention (?:à|aux))|n.as (?:plus|pas) (?:besoin|à) ?(?:de )?(?:suivre|respecter)|ne (?:tiens|tenez) (?:pas|plus|aucun) compte (?:de|des)|ne (?:respecte|suis|suivez|respectez) (?:plus|pas)|n.obéis(?:sez)? (?:plus|pas) (?:à|aux)|(?:cesse|arrête)[rz]? (?:de |d.)(?:suivre|respecter|appliquer|obéir à)|(?:n.écoute|n.applique)[rz]? plus)'

export const french: InjectionLanguage = {
  trigger: 'french',
  subject:
    /instruction|consigne|règle|directive|indication|ordres|restriction|contrainte|programmation|prompt|filtr|limite|garde-fou|message sys|tout (?:ce|le texte|dire|faire)|à tout|censur|éthi|moral|lois?\b|scrupule|légal|refus|contexte|conversation|interdi|tabou|mode |bridé|dan\b/,
  begins: 'frenchAttempt',
  attempts: attemptsOf({
    drop: `${DROP}|${DISREGARD}|${START}(?:écrase[zr]?|viole[zr]?|méprise[zr]?|bafoue[zr]?|rejette[zr]?|écarte[zr]?)|veuillez (?:ignorer|oublier|contourner)|laisse[zr]? tomber|fai(?:s|tes) (?:abstraction|fi)`,
    remove: `${START}(?:supprime[zr]?|retire[zr]?|désactive[zr]?|lève[zr]?|enlève[zr]?|coupe[zr]?)`,
    orders: ORDERS,
    own: OWN,
    ofModel:
      'du (?:système|développeur|créateur|prompt)|système|de (?:ton|ta|tes|votre|vos) (?:système|développeur|créateur|concepteur)s?|ci-dessus|précédentes?|antérieures?|(?:que |qui )?(?:tu suis|vous suivez|t.ont été|vous ont été|on t.a|que tu as|que vous avez)|d.openai',
    guards:
      '(?:tes |vos |les |tous les |toutes les )?(?:(?:filtres?|règles?|consignes?|protocoles?|mesures|restrictions?|garde-fous|limites|barrières|directives?|politiques?) (?:de (?:sécurité|modération|contenu|censure)|éthiques?|morales?)|garde-fous|censure|éthique|morale|prompt système)',
    the: 'les|la',
    fresh: 'nouvel(?:le)?s? (?:instructions?|directives?|consignes?|commandes?|ordres?)(?: prioritaires?| système)?',
    tell: '(?:montre|copie|affiche|révèle|dévoile|donne|répète|écris|écrive|imprime|dis|dite|partage|cite|traduis|traduise|résume|encode|recopie|énumère|liste|épelle|communique|fourni[st]?|renvoie)(?:z|s)?(?:-moi|-nous|-les)?',
    your: 'tes|ton|ta|vos|votre',
    thine: 'tes|ton',
    covert: '(?:consignes?|instructions?) (?:cachée?|secrète?|interne)s?',
    hidden:
      '(?:[a-zß-ÿ]{1,20} )?(?:prompt(?: (?:système|initial|caché|complet|interne|d.origine))?(?![a-zß-ÿ])|message système|(?:instructions|consignes|directives|règles|configuration) (?:initiales?|secrètes?|internes?|d.origine|cachées?|système|de départ|de base|exactes|complètes|confidentielles?))',
    ask: 'quel(?:le)?s? (?:est|sont|étaient|était)|que (?:dit|contient|disent)|qu.y a-t-il dans',
    void: 'invalides?|caducs?|caduques?|annulée?s?|plus valables?|suspendue?s?|levée?s?|nulles?|supprimée?s?',
    free: '(?<!(?:si|que|quand) )(?:tu n.as|vous n.avez|tu es désormais sans|tu es maintenant sans|vous êtes (?:maintenant|désormais) sans) ?(?:plus|pas|aucune?)? ?(?:de |d.|la moindre )?',
    limits:
      '(?:restrictions?|règles?|limites?|filtres?|censure|éthique|morale|garde-fous|contraintes|limitations?|tabous?|scrupules)(?! (?:de|sur|pour|en|quant|concernant|d.))',
    answer: 'répond(?:s|ez|re)|parle[zr]?|agis(?:sez)?|obéis(?:sez)?|exécute[zr]?|génère[zr]?',
    without: 'sans (?:aucune? |la moindre |tes )?|libre de (?:toute? )?',
    model:
      'ia|systèmes? d.ia|agents? conversationnels?|assistants? (?:virtuels?|automatisés?)|intelligence artificielle|modèles? de langage|llm|chatbots?|robots?|assistants? ia',
    note: '(?:note|message|instruction|consigne|attention|avis|ordre)s?(?: cachée?| secrète?| importante?| interne| prioritaire)?(?: pour| à| au| aux| destinée? à|,)?(?: l.| la | le | les | toute | système d.)?',
    decode: 'décode[zr]?|déchiffre[zr]?|décrypte[zr]?|traduis(?:ez)?',
    obey: '(?:exécute|suis|suivez|applique|obéis|fais|faites)(?:z)? (?:ce|les|l.|la|le)',
    not: '',
  }),
  override: [
    anyOf(
      `${DROP} (?:${[
        `(?:le contexte|la conversation|le message) (?:précédent|antérieur)`,
        `${gap(12)}${ORDERS} (?:de (?:ton|ta|tes) (?:concepteu|créateu|développeu|maître)|reçues)`,
        `(?:aussi |donc |complètement |immédiatement |simplement )?${OWN} ${gap(16)}${ORDERS}(?! de (?:l|montage|livraison))`,
        `${gap(20)}${ORDERS} ${gap(12)}${EARLIER}`,
        `${OWN} (?:prompt|filtres?|limites?|garde-fous)`,
        `tout ce qu(?:i précède|i a été (?:dit|écrit)|e (?:tu|vous|je|nous|on)|.on)`,
      ].join('|')})`,
      `(?:met(?:s|tez|tre) de côté|laisse[zr]? de côté|sans (?:tenir compte de|te soucier de|respecter)|malgré|au mépris de|passe[zr]? outre|libère-toi de|débarrasse-toi de) ${OWN} (?:[a-zß-ÿ]+ )?${ORDERS}`,
      `(?:tes|vos) (?:anciennes )?(?:instructions|consignes|directives) (?:${EARLIER}[a-zß-ÿ]* )?(?:ne (?:comptent|valent|sont) (?:plus|pas)|sont (?:annulées|caduques))`,
    ),
    anyOf(
      `${DISREGARD} ${gap(16)}(?:${OWN} ${gap(8)}${ORDERS}|${ORDERS} ${gap(12)}${EARLIER})`,
      `(?:instructions|consignes|directives) (?:précédentes|antérieures|ci-dessus) (?:ne sont plus|n.ont plus|sont (?:annulées|caduques|nulles|levées))`,
      `tu ne suis (?:plus )?que mes (?:instructions|ordres|consignes)|nouvelles? instructions? ?: (?:ignore|oublie|tu es)`,
    ),
  ],
  extraction: [
    anyOf(
      `(?:ton|votre) (?:[a-zß-ÿ]+ )?prompt (?:système|initial|caché|complet)`,
      `(?:tes|vos) (?:instructions|consignes|directives) (?:internes|secrètes|cachées|système|d.origine)`,
      `(?:montre|copie|affiche|révèle|dévoile|donne|répète|écris|imprime|dis|partage|cite|quels? est|quelles sont)(?:z|-moi|-nous)? ${gap(12)}(?:ton|ta|tes|votre|vos) ${gap(10)}(?:prompt|message système|(?:instructions|consignes|directives|règles) (?:initiales|secrètes|internes|d.origine|cachées|système|de départ))`,
      `(?:répète|recopie|affiche|montre|copie)[zr]? ${gap(20)}(?:tout (?:le texte|ce qui est) ${gap(24)}(?:ci-dessus|au-dessus)|(?:instructions|consignes) que (?:tu as|vous avez) reçues)`,
    ),
  ],
  licence: anyOf(
    `(?:sans|aucune?|pas de|plus de|libérée? de toute?s?|ni|n.a(?:i|s|vez|vais|vait)? (?:pas|aucune?)(?: de| d.)?|ne connaît (?:pas|aucune?)(?: de| d.)?) (?:(?:aucune?|la moindre|te soucier de la|tes|de|ses) )*(?:restrictions?|règles?|limites?|filtres?|censure|éthique|morale|garde-fous|lois?|directives?|contraintes|scrupules|légalité|interdits?|interdictions?|tabous?)(?![a-zß-ÿ])`,
    `(?:non|dé)[- ]?(?:censurée?|bridée?|filtrée?)|ne refuse(?:s|ra|ras)? (?:jamais|aucune)|ne dois refuser aucune|ne pas avoir de (?:filtres?|règles|limites)|aucune règle ne s.applique|si aucune|ne respecte aucune|ignore(?:s)? (?:toutes les règles|l.éthique|toute)|répond(?:s|ant)? à tout(?![a-zß-ÿ])|ia (?:maléfique|débridée|sans)|tout (?:dire|faire)(?![a-zß-ÿ])|même illégale|soumise? à aucune`,
  ),
  role: /(?<![a-zß-ÿ])(?:tu es(?! en)|tu n.es|tu n.as|tu joues|tu incarnes|comme si tu|[a-zß-ÿ]+bot(?![a-zß-ÿ])|tu réponds|réponds (?:sans|comme|à tout)|fais comme si|fai(?:s|tes) semblant|joue un|agis en tant|fais-toi passer|agis comme|comporte-toi|joue le rôle|prends le rôle|imagine que tu|jeu de rôle|chatbot|simule|incarne)/,
  persona: anyOf(
    `(?:active[zr]?|passe[zr]? en|entre[zr]? en) (?:le |ton )?mode (?:développeur|jailbreak|dieu|dan)|mode (?:développeur|jailbreak|dan) (?:est )?(?:maintenant |désormais )?activé`,
    `tu n.es plus (?:lié|soumise?|tenue?|contrainte?) (?:par|à|aux)|tu n.as plus aucune (?:restriction|limite|règle)`,
    `tu es (?:désormais|maintenant) dan(?![a-zß-ÿ])|tu ne (?:dois|peux) refuser aucune`,
  ),
}
