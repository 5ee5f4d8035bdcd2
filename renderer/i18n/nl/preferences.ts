/** Dutch: the settings dialog and “about”. */
import type { preferences as english } from '../en/preferences.ts';
import type { Words } from '../words.ts';

export const preferences: Words<typeof english> = {
  preferences: {
    title: 'Instellingen',
    close: 'Sluiten',
    type: 'Grootte van letters en knoppen',
    typeNote: 'Voor een beamer, of voor moede ogen. De zoom van de browser en van de app komt daar nog bij.',
    motionNote: 'Uit: niets beweegt uit zichzelf. Wat het systeem vraagt telt ook.',
    history: 'Zinnen en modellen onthouden',
    historyOn: 'Onthouden',
    historyOff: 'Niet onthouden',
    historyNote:
      'Alleen op deze computer. Niet onthouden wist de lijsten, en laat de zin weg uit het adres van de pagina, zodat herladen opnieuw begint.',
    clear: 'Geschiedenis wissen',
    cleared: 'De geschiedenis is leeg.',
    cache: 'Cache van modellen van Hugging Face',
    cacheNote:
      'Waar modellen heen worden gehaald en gezocht. Python gebruikt dezelfde map, tenzij je hier een andere kiest.',
    cacheFree: '{{folder}} ({{free}} vrij)',
    cacheFrom: {
      HF_HUB_CACHE: 'De omgevingsvariabele HF_HUB_CACHE bepaalt dit; hier kan het niet worden veranderd.',
      HUGGINGFACE_HUB_CACHE:
        'De omgevingsvariabele HUGGINGFACE_HUB_CACHE bepaalt dit; hier kan het niet worden veranderd.',
      HF_HOME: 'De omgevingsvariabele HF_HOME bepaalt dit; hier kan het niet worden veranderd.',
      HEADLIGHT_HUB_CACHE: 'De omgevingsvariabele HEADLIGHT_HUB_CACHE bepaalt dit; hier kan het niet worden veranderd.',
      setting: 'Deze map koos je zelf; alleen Headlight gebruikt haar.',
      XDG_CACHE_HOME:
        'De omgevingsvariabele XDG_CACHE_HOME zegt dit; een map die je hier kiest komt ervoor in de plaats.',
      default: 'Dit is de gewone plek; Python kijkt hier ook.',
    },
    cacheChoose: 'Kies een andere map…',
    cacheField: 'Pad van de map',
    cacheUse: 'Gebruik deze map',
    cacheReset: 'Terug naar de gewone plek',
    cacheMoved: 'Modellen worden nu gezocht in {{folder}}. Wat er eerder was gehaald blijft waar het is.',
  },
  about: {
    open: 'Over Headlight…',
    title: 'Over Headlight',
    version: 'Versie {{version}}',
    what: 'Kijk in de attention van transformers. Vrije software onder de MIT-licentie, zonder enige garantie.',
    private: 'Alles wordt op deze computer uitgerekend. Er wordt niets verstuurd dan wat je bij de hub ophaalt.',
    models: 'Meegeleverde modellen',
    modelCard: 'modelkaart en gewichten: {{folder}}',
    fonts: 'Lettertypen',
    parts: 'Wat er verder in zit ({{count}} onderdelen)',
    show: 'Tekst van de licentie',
    loading: 'De licenties worden gelezen…',
    missing: 'De lijst van licenties (licences.json) is er niet; die wordt gemaakt als de pagina wordt gebouwd.',
    noText: 'Het brengt geen tekst van zijn licentie mee.',
  },
};
