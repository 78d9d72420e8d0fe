/** What the account holder sees of the callback route when it cannot send her on: plain words, and what to do. */
import { lookUpLanguage } from '../../domain/language-lookup.js';

/** `DONE`: taken, and there is nowhere to go on to. `AGAIN`: not taken yet. `NOT_OURS`: a link that we never made. */
export type CallbackPage = 'DONE' | 'AGAIN' | 'NOT_OURS';

interface Words {
  readonly title: string;
  readonly text: string;
}

type Pages = Readonly<Record<CallbackPage, Words>>;

const ENGLISH: Pages = {
  DONE: { title: 'Thank you', text: 'You can close this page and go back to your bank’s app.' },
  AGAIN: { title: 'One moment', text: 'Please load this page again in a few seconds.' },
  NOT_OURS: {
    title: 'This link does not work',
    text: 'Please go back to your bank’s app. There you see whether your card has been added.',
  },
};

const TRANSLATIONS: ReadonlyMap<string, Pages> = new Map<string, Pages>([
  ['en', ENGLISH],
  [
    'es',
    {
      DONE: { title: 'Gracias', text: 'Puede cerrar esta página y volver a la aplicación de su banco.' },
      AGAIN: { title: 'Un momento', text: 'Vuelva a cargar esta página dentro de unos segundos.' },
      NOT_OURS: {
        title: 'Este enlace no funciona',
        text: 'Vuelva a la aplicación de su banco. Allí verá si su tarjeta se ha añadido.',
      },
    },
  ],
  [
    'ar',
    {
      DONE: { title: 'شكرًا لك', text: 'يمكنك إغلاق هذه الصفحة والعودة إلى تطبيق مصرفك.' },
      AGAIN: { title: 'لحظة من فضلك', text: 'يُرجى إعادة تحميل هذه الصفحة بعد بضع ثوانٍ.' },
      NOT_OURS: {
        title: 'هذا الرابط لا يعمل',
        text: 'يُرجى العودة إلى تطبيق مصرفك، حيث يمكنك معرفة ما إذا كانت بطاقتك قد أُضيفت.',
      },
    },
  ],
]);

const RIGHT_TO_LEFT = ['ar'];

/** @param languages what the browser asks for, best first */
export function callbackPage(page: CallbackPage, languages: readonly string[]): string {
  const { language, found } = lookUpLanguage(languages, (tag) => TRANSLATIONS.get(tag)) ?? {
    language: 'en',
    found: ENGLISH,
  };
  const { title, text } = found[page];
  const direction = RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { margin: 0; display: grid; place-items: center; min-height: 100vh; min-height: 100svh; background: #f4f5f7; color: #1b2240; font: 18px/1.5 system-ui, sans-serif; }
  main { box-sizing: border-box; width: min(100%, 30rem); padding: 2rem; }
  h1 { margin: 0 0 .5rem; font-size: 1.6rem; line-height: 1.2; }
  p { margin: 0; }
  h1, p { text-wrap: balance; }
</style>
<main><h1>${title}</h1><p>${text}</p></main>
</html>
`;
}
