/** Dutch: the original run and the changed one, side by side. */
import type { compare as english } from '../en/compare.ts';
import type { Words } from '../words.ts';

export const compare: Words<typeof english> = {
  compare: {
    label: 'Getoonde berekeningen',
    part: { original: 'Origineel', changed: 'Veranderd', difference: 'Verschil', both: 'Naast elkaar' },
    partHelp: {
      original: 'het model zoals het getraind is',
      changed: 'met je veranderingen',
      difference: 'veranderd min origineel',
      both: 'origineel, veranderd, en veranderd min origineel',
    },
    changes_one: '{{count}} verandering',
    changes_other: '{{count}} veranderingen',
    open: 'Toon de lijst van veranderingen',
    kl: 'KL {{value}} nats',
    klHelp: 'KL(origineel ‖ veranderd) van de getoonde voorspelling, over alle kandidaten',
    working: 'Rekent met je veranderingen…',
    failed: 'De veranderde berekening is mislukt.',
    legend: {
      weight: 'verandering van het gewicht, lineaire schaal, 0 in het midden',
      score: 'verandering van de score q·k, lineaire schaal, 0 in het midden',
      scaled: 'verandering van de geschaalde score, lineaire schaal, 0 in het midden',
      vector: 'verandering van de waarde, lineaire schaal, 0 in het midden',
      clipped: 'verandering, lineaire schaal tot het 99,5e percentiel van |verandering|, 0 in het midden',
    },
    hiddenInBoth: 'in beide gemaskeerd (−∞)',
    hiddenInOne: 'in één van beide gemaskeerd',
    readoutDifference: '{{query}}, {{key}}: {{before}} → {{after}}',
    readoutVector: '{{token}}, dimensie {{dimension}}: {{before}} → {{after}}',
    partOf: '{{part}}: {{label}}',
    editMask: 'Masker bewerken',
    editMaskHelp: 'Klik op een cel, of druk erop op Enter, om de key voor de query te verbergen of zichtbaar te maken.',
    hideCell: 'klik: verberg {{key}} voor {{query}}',
    showCell: 'klik: laat {{query}} {{key}} zien',
    changedHere: 'In deze head veranderd:',
    before: 'Origineel',
    after: 'Veranderd',
    delta: 'Δ',
    deltaHelp: 'veranderd min origineel',
    ofOriginal: 'Getallen van de oorspronkelijke berekening.',
  },
};
