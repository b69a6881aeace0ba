import { wordsOf } from '../../facts/words.js';
import { sayDeadline } from '../../law/sentences.js';
import type { Proof, ProofStep } from './proof.js';
import { sayAmount } from './say-amount.js';
import { day, moment } from './say-time.js';

export type Language = 'kk' | 'ru' | 'en';

type Words = Readonly<Record<string, string>>;

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    restrict: 'Functions are closed',
    lift: 'Functions are open again',
    'restrict nothing': 'A restriction is in force that closes no function',
    'lift nothing': 'A restriction that closed no function is over',
    claim: 'Money is claimed',
    notify: 'A notice is sent',
    prepare: 'A document is prepared',
    register: 'An entry in a state system is made',
    invoice: 'An invoice is issued',
    'request-signature': 'A signature is asked for',
    right: 'A right arose',
    'presumption accepted': 'It counts as accepted',
    'presumption refused': 'It counts as refused',
    'presumption admitted': 'It counts as admitted',
    'presumption consented': 'It counts as consented to',
    participant: 'the participant',
    operator: 'the operator',
    running: 'is running',
    met: 'was kept',
    lapsed: 'ran out',
    cancelled: 'was cancelled',
    open: 'open',
    asked: 'put to a person',
    used: 'used',
    declined: 'declined',
    expired: 'expired',
  },
  ru: {
    restrict: 'Функции закрыты',
    lift: 'Функции снова открыты',
    'restrict nothing': 'Действует ограничение, которое функций не закрывает',
    'lift nothing': 'Снято ограничение, которое функций не закрывало',
    claim: 'Предъявлено денежное требование',
    notify: 'Направлено уведомление',
    prepare: 'Подготовлен документ',
    register: 'Сделана запись в государственной системе',
    invoice: 'Выставлен счёт',
    'request-signature': 'Запрошена подпись',
    right: 'Возникло право',
    'presumption accepted': 'Считается принятым',
    'presumption refused': 'Считается отклонённым',
    'presumption admitted': 'Считается признанным',
    'presumption consented': 'Считается, что согласие дано',
    participant: 'участник',
    operator: 'оператор',
    running: 'течёт',
    met: 'соблюдён',
    lapsed: 'истёк',
    cancelled: 'прекращён',
    open: 'не использовано',
    asked: 'передано на решение человека',
    used: 'использовано',
    declined: 'не будет использовано',
    expired: 'отпало',
  },
  kk: {
    restrict: 'Функциялар жабылды',
    lift: 'Функциялар қайта ашылды',
    'restrict nothing': 'Функцияларды жаппайтын шектеу қойылды',
    'lift nothing': 'Функцияларды жаппаған шектеу алынды',
    claim: 'Ақшалай талап қойылды',
    notify: 'Хабарлама жіберілді',
    prepare: 'Құжат дайындалды',
    register: 'Мемлекеттік жүйеге жазба енгізілді',
    invoice: 'Шот ұсынылды',
    'request-signature': 'Қолтаңба сұралды',
    right: 'Құқық туындады',
    'presumption accepted': 'Қабылданған деп есептеледі',
    'presumption refused': 'Бас тартылған деп есептеледі',
    'presumption admitted': 'Мойындалған деп есептеледі',
    'presumption consented': 'Келісім берілген деп есептеледі',
    participant: 'қатысушы',
    operator: 'оператор',
    running: 'өтіп жатыр',
    met: 'сақталды',
    lapsed: 'өтіп кетті',
    cancelled: 'тоқтатылды',
    open: 'пайдаланылмаған',
    asked: 'адамның шешіміне берілді',
    used: 'пайдаланылды',
    declined: 'пайдаланылмайды',
    expired: 'жойылды',
  },
};

const word = (language: Language, name: string): string => WORDS[language][name] ?? name;

/** The proof as sentences: what it is, then each step from the fact on, then what undid it. */
export function sayProof(proof: Proof, language: Language): readonly string[] {
  const head = `${word(language, sayKind(proof))}: ${clauseOf(proof.clause, language)} «${proof.title[language]}»,${subjectOf(proof)} ${moment(proof.at)}.`;
  const sum = sayAmount(proof.content, language);
  const ends = proof.state === 'fell away' || proof.undoneAt !== null ? [fellAway(proof, language)] : [];
  return [head, ...sum, ...proof.steps.map((step) => sayStep(step, proof.subject, language)), ...ends];
}

/** What it is: a presumption by what it presumes, a restriction of one key or one representative apart from those that close access. */
function sayKind({ kind, content: { functions, meaning } }: Proof): string {
  if (kind === 'presumption') return `${kind} ${String(meaning)}`;
  return Array.isArray(functions) && functions.length === 0 ? `${kind} nothing` : kind;
}

/** What it is about; of the contract as a whole that goes without saying. */
const subjectOf = ({ subject }: { readonly subject: string }): string => (subject === 'contract' ? '' : ` ${subject},`);

const clauseOf = (ref: string, language: Language): string =>
  ({ en: `clause ${ref}`, ru: `пункт ${ref}`, kk: `${ref}-тармақ` })[language];

function fellAway(proof: Proof, language: Language): string {
  const when = proof.undoneAt === null ? '' : ` ${moment(proof.undoneAt)}`;
  switch (language) {
    case 'en':
      return proof.undoneAt === null
        ? 'By what is known now its ground does not exist.'
        : `By what is known now its ground does not exist; it was taken back on${when}.`;
    case 'ru':
      return proof.undoneAt === null
        ? 'По известным теперь данным основания нет.'
        : `По известным теперь данным основания нет; отменено${when}.`;
    case 'kk':
      return proof.undoneAt === null
        ? 'Қазір белгілі деректер бойынша негіз жоқ.'
        : `Қазір белгілі деректер бойынша негіз жоқ;${when} күні күші жойылды.`;
  }
}

/** One step; a term of something else than what the proof is about says of what. */
function sayStep(step: ProofStep, about: string, language: Language): string {
  switch (step.step) {
    case 'fact': {
      const late =
        step.recordedAt === step.at
          ? ''
          : {
              en: `, known from ${moment(step.recordedAt)}`,
              ru: `, стало известно ${moment(step.recordedAt)}`,
              kk: `, ${moment(step.recordedAt)} белгілі болды`,
            }[language];
      return `${{ en: 'Fact', ru: 'Факт', kk: 'Факт' }[language]} ${step.id}: ${wordsOf(step.type, language)}${named(step, language)},${subjectOf(step)} ${moment(step.at)}${late}.`;
    }
    case 'clock': {
      const counted = step.derivation === null ? '' : ` ${sayDeadline(step.derivation, language)}`;
      const of = step.subject === about || step.subject === 'contract' || about === 'contract' ? [] : [step.subject];
      const named = [...of, ...(step.debtor === null ? [] : [word(language, step.debtor)])].join(', ');
      const who = named === '' ? '' : ` (${named})`;
      const name = {
        en: `Term of clause ${step.clause}`,
        ru: `Срок по пункту ${step.clause}`,
        kk: `${step.clause}-тармақ бойынша мерзім`,
      }[language];
      return `${name}${who} ${word(language, step.state)}.${counted}${sayInstead(step, language)}`;
    }
    case 'right': {
      const name = {
        en: `Right under clause ${step.clause}`,
        ru: `Право по пункту ${step.clause}`,
        kk: `${step.clause}-тармақ бойынша құқық`,
      }[language];
      return `${name} (${word(language, step.holder)}): ${moment(step.openedAt)}, ${word(language, step.state)}${step.usedAt === null ? '' : ` ${moment(step.usedAt)}`}.`;
    }
    case 'edition':
      return sayEdition(step, language);
    case 'performance':
      return {
        en: `Performed under clause ${step.clause} on ${moment(step.at)}.`,
        ru: `Исполнено по пункту ${step.clause} ${moment(step.at)}.`,
        kk: `${step.clause}-тармақ бойынша ${moment(step.at)} орындалды.`,
      }[language];
  }
}

/** Which clauses stand in which edition, and since when that one is in force. */
function sayEdition({ edition, clauses, from }: Extract<ProofStep, { step: 'edition' }>, language: Language): string {
  const name = edition.slice(0, 12);
  const list = clauses.join(', ');
  const many = clauses.length > 1;
  switch (language) {
    case 'en': {
      const since = from === null ? 'under which the contract was concluded' : `in force from ${moment(from)}`;
      return `Edition ${name} of the offer, ${since}: ${many ? 'clauses' : 'clause'} ${list}.`;
    }
    case 'ru': {
      const since = from === null ? 'по которой заключён договор' : `действует с ${moment(from)}`;
      return `Редакция оферты ${name}, ${since}: ${many ? 'пункты' : 'пункт'} ${list}.`;
    }
    case 'kk': {
      const since = from === null ? 'шарт осы редакция бойынша жасалған' : `${moment(from)} бастап қолданылады`;
      return `Офертаның ${name} редакциясы, ${since}: ${list}-${many ? 'тармақтар' : 'тармақ'}.`;
    }
  }
}

const DECISIONS: Readonly<Record<Language, Words>> = {
  en: { uphold: 'upheld', overturn: 'overturned' },
  ru: { uphold: 'оставлено в силе', overturn: 'отменено' },
  kk: { uphold: 'күшінде қалдырылды', overturn: 'күші жойылды' },
};

/** What a fact names that decides what follows from it: another fact, a day or an instant, a decision. */
function named({ type, data, at }: Extract<ProofStep, { step: 'fact' }>, language: Language): string {
  if (type.endsWith('.adopted')) return typeof data['reasons'] === 'string' ? ` (${data['reasons']})` : '';
  const decision = DECISIONS[language][String(data['decision'])];
  if (decision !== undefined) return ` (${decision})`;
  const names = ['fact', 'payment', 'effective', 'starts'].map((name) => data[name]);
  const said = names.find((name) => typeof name === 'string') as string | undefined;
  if (said === undefined) return '';
  const local = /^\d{4}-\d\d-\d\d(T.*)?$/.test(said) && (said.length === 10 || said.endsWith(at.slice(-6)));
  return ` (${local ? (said.length === 10 ? day(said) : moment(said)) : said})`;
}

/** A day that holds in place of the counted one, and why. */
function sayInstead({ instead, lastDay, due }: Extract<ProofStep, { step: 'clock' }>, language: Language): string {
  if (instead === null || lastDay === null || due === null) return '';
  const last = day(lastDay);
  switch (language) {
    case 'en': {
      const why =
        instead === 'named' ? 'The notice names another day, which holds' : 'Another end comes earlier and holds';
      return ` ${why}: the last day is ${last}; from ${moment(due)} the term has run out.`;
    }
    case 'ru': {
      const why =
        instead === 'named'
          ? 'В уведомлении назван другой день, он и действует'
          : 'Раньше наступает другой срок, он и действует';
      return ` ${why}: последний день — ${last}; с ${moment(due)} срок истёк.`;
    }
    case 'kk': {
      const why =
        instead === 'named'
          ? 'Хабарламада басқа күн аталған, сол күн қолданылады'
          : 'Басқа мерзім ертерек аяқталады, сол мерзім қолданылады';
      return ` ${why}: соңғы күн — ${last}; ${moment(due)} бастап мерзім өткен болып есептеледі.`;
    }
  }
}
