import { articleParts, parts, type Units, type Words } from './words.js';

const MONTHS = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');

/** After 1, after 2-4, after 5 and more; the genitives of one and of many, for "более". */
const UNITS: Units<readonly [one: string, few: string, many: string, ofOne: string, ofMany: string]> = {
  hours: ['час', 'часа', 'часов', 'часа', 'часов'],
  'working hours': ['рабочий час', 'рабочих часа', 'рабочих часов', 'рабочего часа', 'рабочих часов'],
  'calendar days': days('календарный', 'календарных', 'календарного'),
  'working days': days('рабочий', 'рабочих', 'рабочего'),
  'bank days': days('банковский', 'банковских', 'банковского'),
  weeks: ['неделя', 'недели', 'недель', 'недели', 'недель'],
  'half-months': ['полумесяц', 'полумесяца', 'полумесяцев', 'полумесяца', 'полумесяцев'],
  months: ['месяц', 'месяца', 'месяцев', 'месяца', 'месяцев'],
  quarters: ['квартал', 'квартала', 'кварталов', 'квартала', 'кварталов'],
  'half-years': ['полугодие', 'полугодия', 'полугодий', 'полугодия', 'полугодий'],
  years: ['год', 'года', 'лет', 'года', 'лет'],
};

function days(one: string, many: string, ofOne: string): readonly [string, string, string, string, string] {
  return [`${one} день`, `${many} дня`, `${many} дней`, `${ofOne} дня`, `${many} дней`];
}

function form(n: number): 0 | 1 | 2 {
  const [tens, ones] = [n % 100, n % 10];
  if (ones === 1 && tens !== 11) return 0;
  return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
}

function halfMonths(n: number, moreThan: boolean): string {
  if (n === 1) return moreThan ? 'половины месяца' : 'половина месяца';
  const words = UNITS['half-months'];
  return `${n} ${moreThan ? words[form(n) === 0 ? 3 : 4] : words[form(n)]}`;
}

/** `09:00-18:00` as «с 09:00 до 18:00». */
const hours = (text: string): string => `с ${text.replace('-', ' до ')}`;

const dayForm = (n: number): string => ['день', 'дня', 'дней'][form(n)]!;

export const ru: Words = {
  date: (day) => {
    const [year, month, date] = parts(day);
    return `${date} ${MONTHS[month]} ${year} года`;
  },
  dates: (from, to) => {
    const [[year, month, first], [lastYear, lastMonth, last]] = [parts(from), parts(to)];
    if (year !== lastYear) return `с ${ru.date(from)} по ${ru.date(to)}`;
    return month === lastMonth
      ? `${first}–${last} ${MONTHS[month]} ${year} года`
      : `с ${first} ${MONTHS[month]} по ${last} ${MONTHS[lastMonth]} ${year} года`;
  },
  moment: (date, time, offset) => `${time} ${date} (UTC${offset})`,
  length: ({ n, unit, moreThan, before }) => {
    const words = UNITS[unit];
    if (unit === 'half-months')
      return `${moreThan ? 'более ' : ''}${halfMonths(n, moreThan)} (${15 * n} ${dayForm(15 * n)})`;
    if (moreThan) return `более ${n} ${form(n) === 0 ? words[3] : words[4]}`;
    // «За одну неделю»: the only unit whose accusative is a word of its own.
    return `${n} ${before && unit === 'weeks' && form(n) === 0 ? 'неделю' : words[form(n)]}`;
  },
  reasons: {
    Saturday: 'суббота',
    Sunday: 'воскресенье',
    weekend: 'выходные дни',
    'New Year': 'Новый год',
    "International Women's Day": 'Международный женский день',
    Nauryz: 'Наурыз мейрамы',
    'Unity Day': 'Праздник единства народа Казахстана',
    'Defender of the Fatherland Day': 'День защитника Отечества',
    'Victory Day': 'День Победы',
    'Capital Day': 'День столицы',
    'Republic Day': 'День Республики',
    'First President Day': 'День Первого Президента',
    'Independence Day': 'День Независимости',
    'Constitution Day': 'День Конституции',
    'Orthodox Christmas': 'православное Рождество',
    'Kurban Ait': 'Курбан айт',
    'worked by transfer, banks do not settle': 'рабочий день по переносу, банки расчётов не проводят',
  },
  lieu: (day, name) => `взамен ${day}, ${name}`,
  movedFrom: (day) => `выходной перенесён с ${day}`,
  weekends: (n) => `выходные (${n} ${dayForm(n)})`,
  more: (n) => `ещё ${n} ${['нерабочий день', 'нерабочих дня', 'нерабочих дней'][form(n)]}`,
  forward: (term, anchor, inclusive) => `Срок: ${term}, считая от ${anchor}${inclusive ? ', включая этот день' : ''}.`,
  firstDay: (day) => `Первый день срока — ${day}.`,
  backward: (term, anchor, first) =>
    `Срок: за ${term} до ${anchor}, обратным отсчётом${first === null ? '' : `; первый день — ${first}`}.`,
  skipped: (list) => `Не считаются: ${list}.`,
  tolled: (from, to, instants) =>
    `Течение срока было приостановлено с ${from} ${instants ? 'до' : 'по'} ${to}; это время не считается.`,
  tolledBack: (from, to) => `Приостановление длилось с ${from} по ${to}.`,
  tolledOpen: (from) => `Течение срока приостановлено с ${from}.`,
  rolled: (day, reason, suspended) =>
    `Последний день срока приходился на нерабочий день ${day} (${reason}), поэтому срок оканчивается в ближайший следующий рабочий день${suspended ? ' вне времени приостановления' : ''}.`,
  movedAfterToll: (day) =>
    `Последний день срока, ${day}, пришёлся на время приостановления, поэтому срок оканчивается в первый рабочий день после него.`,
  held: (act, published) =>
    `Изменение календаря (${act}, опубликовано ${published}) не может окончить срок раньше дня, следующего за днём его опубликования.`,
  lastDay: (day, date, time) => `Последний день срока — ${day}, до 24:00; с ${time} ${date} срок считается истёкшим.`,
  passed: (day, date, time) => `Срок полностью проходит ${day}; с ${time} ${date} он превышен.`,
  lastDayBefore: (day, date, time) => `Последний день для действия — ${day}, до 24:00; с ${time} ${date} — поздно.`,
  hours: (due) => `Часы идут подряд, включая ночь и нерабочие дни; срок истекает в ${due}.`,
  hoursMore: (due) => `Часы идут подряд, включая ночь и нерабочие дни; срок превышен с ${due}.`,
  hoursBefore: (due) => `Часы идут подряд, включая ночь и нерабочие дни; поздно начиная с ${due}.`,
  workHours: (weekdays, saturday) =>
    `Считаются только часы работы: ${hours(weekdays)} в рабочие дни${saturday === null ? '' : `, ${hours(saturday)} в субботу`}.`,
  begins: (moment) => `Отсчёт начинается в ${moment}.`,
  workEnds: (due) => `Срок истекает в ${due}.`,
  workEndsMore: (due) => `Срок превышен с ${due}.`,
  nextMonth: (anchor, date, time) => `С ${time} ${date} — первого дня месяца, следующего за ${anchor}.`,
  noEnd: () => 'Последний день срока определится, когда приостановление закончится.',
  move: (act, published, from, to) =>
    `Календарь изменён (${act}, опубликовано ${published}): последний день срока перенесён с ${from} на ${to}.`,
  moveEnd: (act, published, from, to) =>
    `Календарь изменён (${act}, опубликовано ${published}): окончание срока перенесено с ${from} на ${to}.`,
  law: (articles) => {
    const list = articles.map((article) => {
      const [number, paragraph] = articleParts(article);
      return paragraph === undefined ? `ст. ${number}` : `п. ${paragraph} ст. ${number}`;
    });
    return `Основание: ${list.join(', ')} ГК РК.`;
  },
};
