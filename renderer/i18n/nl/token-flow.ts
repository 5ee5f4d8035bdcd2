/** Dutch: the head view, a line a weight. */
import type { tokenFlow as english } from '../en/token-flow.ts';
import type { Words } from '../words.ts';

export const tokenFlow: Words<typeof english> = {
  tokenFlow: {
    title: 'Tokenstroom',
    label: 'Tokenstroom: lijnen van {{rows}} queries naar {{columns}} keys, {{heads}}',
    help: 'Omhoog en Omlaag verplaatsen het token, Page Up en Page Down met tien; Home en End gaan naar het eerste en laatste. Links: waar het naar kijkt; Rechts: wat ernaar kijkt.',
    helpLong: 'Het wiel verschuift het leesbare deel van de tekst; met Ctrl wordt dat langer of korter.',
    threshold: 'Kleinste gewicht',
    thresholdHelp: 'Gewichten hieronder hebben geen lijn.',
    thresholdValue: 'gewichten van ten minste {{value}}',
    topK: 'Lijnen per token',
    topKHelp:
      'Ten hoogste zoveel lijnen per token en kleur, de grootste: van een query onder “Kijkt naar”, van een key onder “Bekeken door”.',
    topKAll: 'alle',
    readable: 'Leesbaar deel van de tekst',
    longer: 'Meer van de tekst',
    shorter: 'Minder van de tekst, groter',
    whole: 'Hele tekst',
    heads: 'Lijnen van',
    headAlone: 'Alleen de lijnen van {{head}}',
    headsAll: 'Weer de lijnen van alle heads',
    more: 'meer met jouw wijzigingen',
    less: 'minder met jouw wijzigingen',
    moreIn: 'meer in head {{head}}',
    weight: 'gewicht',
    note: {
      scale: 'breedte en dekking: wortel van het gewicht',
      scaleDifference: 'breedte en dekking: wortel van het verschil',
      lines: 'lijnen voor gewichten van ten minste {{least}}; ze bevatten {{share}} van het gewicht',
      linesAll: 'lijnen voor gewichten boven 0; ze bevatten {{share}} van het gewicht',
      topKFrom: 'ten hoogste {{count}} lijnen per query en kleur',
      topKTo: 'ten hoogste {{count}} lijnen per key en kleur',
      strongest: 'de sterkste {{drawn}} van {{found}} lijnen',
      bundled: 'naburige tokens delen lijnen: som over keys, gemiddelde over queries',
      thinned: 'niet elk token heeft ruimte voor zijn tekst',
      dashed: 'kleuren komen terug met streepjes',
    },
    lookAt: '{{token}} kijkt naar',
    lookedAtBy: '{{token}} wordt bekeken door',
    pair: '{{query}} → {{key}}',
    tokens: '{{first}} … {{last}}',
    shared: 'deze tokens delen een lijn: {{weight}}, gemiddeld over de queries',
    others: 'en nog {{count}} heads',
    nothing: 'niets met een gewicht',
  },
};
