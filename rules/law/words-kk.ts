import { articleParts, parts, type Units, type Words } from './words.js';

const MONTHS = 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' ');

/** The unit after a number, and in the ablative for «…астам». A Kazakh noun keeps its singular after a number. */
const UNITS: Units<readonly [plain: string, ablative: string]> = {
  hours: ['сағат', 'сағаттан'],
  'working hours': ['жұмыс сағаты', 'жұмыс сағатынан'],
  'calendar days': ['күнтізбелік күн', 'күнтізбелік күннен'],
  'working days': ['жұмыс күні', 'жұмыс күнінен'],
  'bank days': ['банк күні', 'банк күнінен'],
  weeks: ['апта', 'аптадан'],
  'half-months': ['жарты ай', 'жарты айдан'],
  months: ['ай', 'айдан'],
  quarters: ['тоқсан', 'тоқсаннан'],
  'half-years': ['жарты жыл', 'жарты жылдан'],
  years: ['жыл', 'жылдан'],
};

/** Spans of time are written with an en dash. */
const dash = (text: string): string => text.replace('-', '–');

// Dates stand in the nominative everywhere, after a colon or before «күні», so that no month needs an ending of its own.
export const kk: Words = {
  date: (day) => {
    const [year, month, date] = parts(day);
    return `${year} жылғы ${date} ${MONTHS[month]}`;
  },
  dates: (from, to) => {
    const [[year, month, first], [lastYear, lastMonth, last]] = [parts(from), parts(to)];
    if (year !== lastYear) return `${kk.date(from)} – ${kk.date(to)}`;
    return month === lastMonth
      ? `${year} жылғы ${first}–${last} ${MONTHS[month]}`
      : `${year} жылғы ${first} ${MONTHS[month]} – ${last} ${MONTHS[lastMonth]}`;
  },
  moment: (date, time, offset) => `${date}, сағат ${time} (UTC${offset})`,
  length: ({ n, unit, moreThan }) => {
    // «Жарты» is itself a number: one half needs no «1» before it.
    const number = n === 1 && unit.startsWith('half') ? '' : `${n} `;
    const days = unit === 'half-months' ? ` (${15 * n} күн)` : '';
    return `${number}${moreThan ? `${UNITS[unit][1]} астам` : UNITS[unit][0]}${days}`;
  },
  reasons: {
    Saturday: 'сенбі',
    Sunday: 'жексенбі',
    weekend: 'демалыс күндері',
    'New Year': 'Жаңа жыл',
    "International Women's Day": 'Халықаралық әйелдер күні',
    Nauryz: 'Наурыз мейрамы',
    'Unity Day': 'Қазақстан халқының бірлігі мерекесі',
    'Defender of the Fatherland Day': 'Отан қорғаушы күні',
    'Victory Day': 'Жеңіс күні',
    'Capital Day': 'Астана күні',
    'Republic Day': 'Республика күні',
    'First President Day': 'Тұңғыш Президент күні',
    'Independence Day': 'Тәуелсіздік күні',
    'Constitution Day': 'Конституция күні',
    'Orthodox Christmas': 'православиелік Рождество',
    'Kurban Ait': 'Құрбан айт',
    'worked by transfer, banks do not settle': 'ауыстырылған жұмыс күні, банктер есеп айырыспайды',
  },
  lieu: (day, name) => `${day} күнінің орнына, ${name}`,
  movedFrom: (day) => `${day} күнінен ауыстырылған демалыс`,
  weekends: (days) => `${days} демалыс күні`,
  more: (days) => `тағы ${days} жұмыс істемейтін күн`,
  forward: (term, anchor, inclusive) =>
    `Мерзім: ${term}. Есептеу басы: ${anchor}${inclusive ? ', осы күнді қоса алғанда' : ''}.`,
  firstDay: (day) => `Мерзімнің бірінші күні: ${day}.`,
  backward: (term, anchor, first) =>
    `Мерзім: белгіленген күнге дейін ${term} бұрын. Белгіленген күн: ${anchor}.${first === null ? '' : ` Кері есептеудің бірінші күні: ${first}.`}`,
  skipped: (list) => `Есепке кірмейді: ${list}.`,
  tolled: (from, to) => `Мерзімнің өтуі тоқтатыла тұрды: ${from} – ${to}; бұл уақыт есепке кірмейді.`,
  tolledBack: (from, to) => `Тоқтатыла тұру уақыты: ${from} – ${to}.`,
  tolledOpen: (from) => `Мерзімнің өтуі тоқтатыла тұрды, басталуы: ${from}.`,
  rolled: (day, reason, suspended) =>
    `Мерзімнің соңғы күні жұмыс істемейтін күнге келді: ${day} (${reason}), сондықтан мерзім одан кейінгі${suspended ? ', тоқтатыла тұрған уақытқа кірмейтін' : ''} ең таяу жұмыс күні аяқталады.`,
  movedAfterToll: (day) =>
    `Мерзімнің соңғы күні (${day}) мерзім тоқтатыла тұрған уақытқа келді, сондықтан мерзім одан кейінгі бірінші жұмыс күні аяқталады.`,
  held: (act, published) =>
    `Күнтізбенің өзгеруі (${act}, жарияланған күні: ${published}) мерзімді сол өзгеріс жарияланған күннен кейінгі күннен ерте аяқтай алмайды.`,
  lastDay: (day, date, time) =>
    `Мерзімнің соңғы күні: ${day}, сағат 24:00-ге дейін; ${date} күні сағат ${time}-ден бастап мерзім өткен болып есептеледі.`,
  passed: (day, date, time) =>
    `Мерзім толық өтетін күн: ${day}; ${date} күні сағат ${time}-ден бастап мерзім асып кетті деп есептеледі.`,
  lastDayBefore: (day, date, time) =>
    `Әрекет етуге болатын соңғы күн: ${day}, сағат 24:00-ге дейін; ${date} күні сағат ${time}-ден бастап кеш болып есептеледі.`,
  hours: (due) => `Сағаттар түнді және демалыс күндерін қоса үздіксіз есептеледі; мерзім өтетін сәт: ${due}.`,
  hoursMore: (due) => `Сағаттар түнді және демалыс күндерін қоса үздіксіз есептеледі; мерзім асып кететін сәт: ${due}.`,
  hoursBefore: (due) =>
    `Сағаттар түнді және демалыс күндерін қоса үздіксіз есептеледі; кеш болып есептелетін сәт: ${due}.`,
  workHours: (weekdays, saturday) =>
    `Тек жұмыс уақыты есепке алынады: жұмыс күндері ${dash(weekdays)}${saturday === null ? '' : `, сенбіде ${dash(saturday)}`}.`,
  begins: (moment) => `Есептеу басталатын сәт: ${moment}.`,
  workEnds: (due) => `Мерзім өтетін сәт: ${due}.`,
  workEndsMore: (due) => `Мерзім асып кететін сәт: ${due}.`,
  nextMonth: (anchor, date, time) =>
    `${date} күні сағат ${time}-ден бастап: келесі айдың бірінші күні. Есептеу басы: ${anchor}.`,
  noEnd: () => 'Мерзімнің соңғы күні тоқтатыла тұру аяқталғанда белгіленеді.',
  move: (act, published, from, to) =>
    `Күнтізбе өзгерді (${act}, жарияланған күні: ${published}): мерзімнің соңғы күні ${from} күнінен ${to} күніне ауысты.`,
  moveEnd: (act, published, from, to) =>
    `Күнтізбе өзгерді (${act}, жарияланған күні: ${published}): мерзімнің аяқталу сәті ауысты, бұрын: ${from}, енді: ${to}.`,
  law: (articles) => {
    const list = articles.map((article) => {
      const [number, paragraph] = articleParts(article);
      return paragraph === undefined ? `${number}-бабы` : `${number}-бабының ${paragraph}-тармағы`;
    });
    return `Негізі: ҚР Азаматтық кодексінің ${list.join(', ')}.`;
  },
};
