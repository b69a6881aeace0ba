import { DateTime } from 'luxon';
import type { Order } from '../ports.js';
import { type Language, OTHER, TITLES } from './titles.js';

/** A letter, ready to be sent. Plain text. */
export interface Letter {
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
}

interface Words {
  readonly greeting: (name: string) => string;
  readonly nameless: string;
  readonly body: (title: string, at: string, clause: string) => string;
  readonly about: (subject: string) => string;
  readonly amount: (amount: string, currency: string) => string;
  /** What is asked of the reader. */
  readonly sign: string;
  readonly correction: (title: string) => string;
  readonly withdrawn: (title: string, at: string, clause: string) => string;
  readonly renewed: (title: string, at: string, clause: string) => string;
  readonly end: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  kk: {
    greeting: (name) => `Құрметті ${name}!`,
    nameless: 'Сәлеметсіз бе!',
    body: (title, at, clause) => `${title}. Негізі: шарттың ${clause} тармағы. Ол ${at} басталды.`,
    about: (subject) => `Бұл мынаған қатысты: ${subject}.`,
    amount: (amount, currency) => `Сомасы: ${amount} ${currency}.`,
    sign: 'Құжатты порталда қарап, қол қоюыңызды сұраймыз.',
    correction: (title) => `Түзету: ${title}`,
    withdrawn: (title, at, clause) =>
      `Біз ${at} жағдай бойынша шарттың ${clause} тармағына сәйкес жіберген хат («${title}») күшін жояды: кейін белгілі болған деректер бойынша оған негіз болмаған.`,
    renewed: (title, at, clause) =>
      `Шарттың ${clause} тармағы бойынша бұрын жіберілген хаттың («${title}», ${at}) орнына мынау жарамды.`,
    end: 'Бұл хабарламаның негіздемесін порталдан көруге және оны адамның қарауын сұрауға болады.',
  },
  ru: {
    greeting: (name) => `Здравствуйте, ${name}!`,
    nameless: 'Здравствуйте!',
    body: (title, at, clause) => `${title}. Основание: пункт ${clause} договора. Наступило ${at}.`,
    about: (subject) => `Касается: ${subject}.`,
    amount: (amount, currency) => `Сумма: ${amount} ${currency}.`,
    sign: 'Просим посмотреть документ на портале и подписать его.',
    correction: (title) => `Исправление: ${title}`,
    withdrawn: (title, at, clause) =>
      `Письмо, которое мы отправили по пункту ${clause} договора («${title}», по состоянию на ${at}), утратило силу: по данным, ставшим известными позже, оснований для него не было.`,
    renewed: (title, at, clause) =>
      `Вместо отправленного ранее письма по пункту ${clause} договора («${title}», ${at}) действует следующее.`,
    end: 'Основание этого уведомления можно увидеть на портале и там же попросить, чтобы его проверил человек.',
  },
  en: {
    greeting: (name) => `Dear ${name},`,
    nameless: 'Good day,',
    body: (title, at, clause) => `${title}. Ground: clause ${clause} of the contract. It took effect on ${at}.`,
    about: (subject) => `It concerns: ${subject}.`,
    amount: (amount, currency) => `Amount: ${amount} ${currency}.`,
    sign: 'Please read the document in the portal and sign it.',
    correction: (title) => `Correction: ${title}`,
    withdrawn: (title, at, clause) =>
      `The letter that we sent under clause ${clause} of the contract ("${title}", as of ${at}) no longer holds: what became known later shows that there was no ground for it.`,
    renewed: (title, at, clause) =>
      `In place of the letter sent earlier under clause ${clause} of the contract ("${title}", ${at}) the following holds.`,
    end: 'The grounds of this notice can be seen in the portal, where you may also ask that a person look at it.',
  },
};

const ZONE = 'Asia/Almaty';

/** The letter for an order, in the participant's language (Russian when none is named). The same order gives the same letter. */
export function letterOf(order: Order, to: 'participant' | 'operator' = 'participant'): Letter {
  const language = languageOf(order.participant.language);
  const words = WORDS[language];
  const title = titleOf(order, language);
  const at = DateTime.fromMillis(order.legalAt, { zone: ZONE }).toFormat('dd.MM.yyyy HH:mm');
  const { name } = order.participant;
  const taken = order.operation === 'undo';
  const lines = [
    name === undefined || to === 'operator' ? words.nameless : words.greeting(name),
    '',
    sentence(words, order.operation)(title, at, order.clause),
    ...(order.subject === 'contract' ? [] : [words.about(order.subject)]),
    ...(taken ? [] : amountOf(order, words)),
    ...(order.sends === 'request-signature' && !taken ? [words.sign] : []),
    '',
    words.end,
  ];
  return { language, subject: order.operation === 'do' ? title : words.correction(title), text: lines.join('\n') };
}

function sentence(words: Words, operation: Order['operation']): Words['body'] {
  switch (operation) {
    case 'do':
      return words.body;
    case 'undo':
      return words.withdrawn;
    case 'correct':
      return words.renewed;
  }
}

const languageOf = (wish: string | undefined): Language => (wish === 'kk' || wish === 'en' ? wish : 'ru');

/** The offer's own title of the message where it has one in this language, else the title of the matter. */
function titleOf({ content }: Order, language: Language): string {
  const own = content['title'];
  if (typeof own === 'object' && own !== null) {
    const text = (own as Readonly<Record<string, unknown>>)[language];
    if (typeof text === 'string') return text;
  }
  const named = TITLES[String(content['what'])] ?? OTHER;
  return named[language];
}

function amountOf({ content: { amount, currency } }: Order, words: Words): readonly string[] {
  return typeof amount === 'string' && typeof currency === 'string' ? [words.amount(amount, currency)] : [];
}
