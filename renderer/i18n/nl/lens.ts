/** Dutch: how patterns are looked at, in every view alike. */
import type { lens as english } from '../en/lens.ts';
import type { Words } from '../words.ts';

export const lens: Words<typeof english> = {
  lens: {
    label: 'Hoe de gewichten getoond worden',
    unit: 'Rijen en kolommen zijn',
    units: { pieces: 'Stukken', words: 'Woorden' },
    unitHelp: {
      pieces: 'Rijen en kolommen zijn de tokens, zoals het model ze leest.',
      words: 'Stukken van een woord samen: gewichten naar een woord worden opgeteld, gewichten ervandaan gemiddeld.',
    },
    hideSpecial: 'Verberg speciale tokens',
    hideSpecialHelp: 'Laat [CLS], [SEP] en dergelijke weg, als query en als key.',
    hideFirst: 'Verberg eerste token',
    hideFirstHelp: 'Laat het eerste token weg, waar aandacht heen gaat die nergens voor nodig is (de sink).',
    renormalise: 'Herschaal naar 1',
    renormaliseHelp:
      'Laat de gewichten die blijven in elke rij weer optellen tot 1. Anders blijven ze zoals ze gemeten zijn.',
    groups: 'Groepeer tokens',
    groupCount: 'Groepen: {{count}}',
    groupHelp: 'Zet tokens die op elkaar volgen bij elkaar, als één rij en één kolom.',
    groupFirst: 'Eerste token',
    groupLast: 'Laatste token',
    groupAdd: 'Groepeer',
    groupAddBrush: 'Groepeer ‘{{label}}’',
    groupSame: 'Een groep heeft minstens twee tokens.',
    ungroup: 'Hef groep ‘{{label}}’ op',
    ungroupAll: 'Hef alle groepen op',
    combine: 'Gekozen heads',
    combinations: { each: 'Elk', mean: 'Gemiddelde', max: 'Grootste', difference: 'Verschil' },
    combineHelp: {
      each: 'Elke gekozen head apart.',
      mean: 'Het gemiddelde gewicht over de gekozen heads.',
      max: 'Het grootste gewicht van de gekozen heads.',
      difference: 'De eerste head min de tweede; bij meer dan twee min het gemiddelde van de andere.',
    },
    note: {
      words: '{{tokens}} stukken als {{units}} woorden',
      groups_one: '{{count}} groep',
      groups_other: '{{count}} groepen',
      merged: 'gewichten naar een eenheid opgeteld, ervandaan gemiddeld',
      special_one: '{{count}} speciaal token verborgen',
      special_other: '{{count}} speciale tokens verborgen',
      first: 'eerste token verborgen: {{token}}',
      taken: '{{percent}} van het gewicht verborgen, gemiddeld over de getoonde rijen',
      renormalised: 'de rest herschaald zodat rijen optellen tot 1',
      empty_one: '{{count}} rij waarvan niets blijft staat op 0',
      empty_other: '{{count}} rijen waarvan niets blijft staan op 0',
      spared: 'verbergen zou niets overlaten, dus er is niets verborgen',
      mean: 'gemiddelde van {{count}} heads',
      max: 'grootste van {{count}} heads, cel voor cel',
      differenceOfTwo: 'eerste head min tweede',
      difference: 'eerste head min het gemiddelde van de andere ({{count}} heads)',
    },
  },
};
