/** Languages of letters. */
export type Language = 'kk' | 'ru' | 'en';

type Titles = Readonly<Record<Language, string>>;

/** What a letter is called when its offer has no words of its own for it. */
export const OTHER: Titles = { kk: 'Хабарлама', ru: 'Уведомление', en: 'Notice' };

/** What letters are called, by the word that an offer has for them (`notify: block-warning`). A test holds this to the offers. */
export const TITLES: Readonly<Record<string, Titles>> = {
  'access-activated': { kk: 'Қолжетімділік ашылды', ru: 'Доступ открыт', en: 'Access is open' },
  act: { kk: 'Орындалған жұмыстар актісі', ru: 'Акт выполненных работ', en: 'Act of completed work' },
  amendment: { kk: 'Шарттың өзгеруі', ru: 'Изменение договора', en: 'The contract changes' },
  'attendance-demanded': {
    kk: 'Келу туралы талап',
    ru: 'Требование явиться',
    en: 'You are asked to come in person',
  },
  'block-warning': {
    kk: 'Қолжетімділікті бұғаттау туралы ескерту',
    ru: 'Предупреждение о блокировке доступа',
    en: 'Warning that access will be blocked',
  },
  'documents-requested': { kk: 'Құжаттар сұратылды', ru: 'Запрос документов', en: 'Documents are requested' },
  'emergency-measures': {
    kk: 'Төтенше жағдайдағы шаралар',
    ru: 'Меры в чрезвычайной ситуации',
    en: 'Measures in an emergency',
  },
  maintenance: { kk: 'Жоспарлы жұмыстар', ru: 'Плановые работы', en: 'Planned maintenance' },
  negotiation: {
    kk: 'Келіссөзге шақыру',
    ru: 'Приглашение к переговорам',
    en: 'Invitation to negotiate',
  },
  'scan-not-accepted': {
    kk: 'Құжаттың көшірмесі қабылданбады',
    ru: 'Копия документа не принята',
    en: 'The copy of the document was not accepted',
  },
  'tariff-change': { kk: 'Тарифтің өзгеруі', ru: 'Изменение тарифа', en: 'The tariff changes' },
  termination: { kk: 'Шарттың тоқтатылуы', ru: 'Прекращение договора', en: 'The contract ends' },
  'termination-notice': {
    kk: 'Шартты бұзу туралы хабарлама',
    ru: 'Уведомление о расторжении договора',
    en: 'Notice of termination',
  },
};
