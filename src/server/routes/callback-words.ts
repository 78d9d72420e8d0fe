/** The words of the callback route's page, per language. No name, no number, nobody addressed as a man or a woman. */

/** `DONE`: taken, and there is nowhere to go on to. `AGAIN`: not taken yet. `NOT_OURS`: a link that we never made. */
export type CallbackPage = 'DONE' | 'AGAIN' | 'NOT_OURS';

interface Words {
  readonly title: string;
  readonly text: string;
}

type CallbackWords = Readonly<Record<CallbackPage, Words>>;

export const ENGLISH: CallbackWords = {
  DONE: { title: 'Thank you', text: 'You can close this page and go back to your bank’s app.' },
  AGAIN: { title: 'One moment', text: 'Please load this page again in a few seconds.' },
  NOT_OURS: {
    title: 'This link does not work',
    text: 'Please go back to your bank’s app. There you can see what has been added.',
  },
};

/** By BCP 47 tag. */
export const CALLBACK_WORDS: ReadonlyMap<string, CallbackWords> = new Map(
  Object.entries<CallbackWords>({
    en: ENGLISH,
    es: {
      DONE: { title: 'Gracias', text: 'Puede cerrar esta página y volver a la aplicación de su banco.' },
      AGAIN: { title: 'Un momento', text: 'Vuelva a cargar esta página dentro de unos segundos.' },
      NOT_OURS: {
        title: 'Este enlace no funciona',
        text: 'Vuelva a la aplicación de su banco. Allí verá qué se ha agregado.',
      },
    },
    ar: {
      DONE: { title: 'شكرًا لكم', text: 'يمكنكم إغلاق هذه الصفحة والعودة إلى تطبيق مصرفكم.' },
      AGAIN: { title: 'لحظة من فضلكم', text: 'يُرجى إعادة تحميل هذه الصفحة بعد بضع ثوانٍ.' },
      NOT_OURS: {
        title: 'هذا الرابط لا يعمل',
        text: 'يُرجى العودة إلى تطبيق مصرفكم، حيث يمكنكم معرفة ما تمت إضافته.',
      },
    },
    de: {
      DONE: {
        title: 'Vielen Dank',
        text: 'Sie können diese Seite schließen und zur App Ihrer Bank zurückkehren.',
      },
      AGAIN: { title: 'Einen Moment bitte', text: 'Bitte laden Sie diese Seite in ein paar Sekunden neu.' },
      NOT_OURS: {
        title: 'Dieser Link funktioniert nicht',
        text: 'Bitte kehren Sie zur App Ihrer Bank zurück. Dort sehen Sie, was hinzugefügt wurde.',
      },
    },
    fr: {
      DONE: {
        title: 'Merci',
        text: 'Vous pouvez fermer cette page et revenir à l’application de votre banque.',
      },
      AGAIN: { title: 'Un instant', text: 'Veuillez recharger cette page dans quelques secondes.' },
      NOT_OURS: {
        title: 'Ce lien ne fonctionne pas',
        text: 'Veuillez revenir à l’application de votre banque. Vous y verrez ce qui a été ajouté.',
      },
    },
    it: {
      DONE: { title: 'Grazie', text: 'È possibile chiudere questa pagina e tornare all’app della banca.' },
      AGAIN: { title: 'Un momento', text: 'Ricaricare questa pagina tra qualche secondo.' },
      NOT_OURS: {
        title: 'Questo link non funziona',
        text: 'Tornare all’app della banca per vedere che cosa è stato aggiunto.',
      },
    },
    pt: {
      DONE: { title: 'Agradecemos', text: 'Pode fechar esta página e voltar ao app do banco.' },
      AGAIN: { title: 'Um momento', text: 'Volte a carregar esta página dentro de alguns segundos.' },
      NOT_OURS: {
        title: 'Este link não funciona',
        text: 'Volte ao app do banco para ver o que foi adicionado.',
      },
    },
    nl: {
      DONE: { title: 'Bedankt', text: 'U kunt deze pagina sluiten en teruggaan naar de app van uw bank.' },
      AGAIN: { title: 'Een ogenblik', text: 'Laad deze pagina over een paar seconden opnieuw.' },
      NOT_OURS: {
        title: 'Deze link werkt niet',
        text: 'Ga terug naar de app van uw bank. Daar ziet u wat er is toegevoegd.',
      },
    },
  }),
);
