/** Dutch: the reading view, the text coloured by one token's weights. */
import type { reading as english } from '../en/reading.ts';
import type { Words } from '../words.ts';

export const reading: Words<typeof english> = {
  reading: {
    label: '{{place}}: de tekst, gekleurd naar de gewichten van ‘{{token}}’',
    ofText: {
      from: 'waar ‘{{token}}’ (token {{index}}) naar kijkt',
      to: 'wat naar ‘{{token}}’ (token {{index}}) kijkt',
    },
    help: 'Pijltjestoetsen verplaatsen het token; Home en End gaan naar het eerste en laatste.',
    direction: 'Richting',
    from: 'Kijkt naar',
    to: 'Bekeken door',
    fromHelp: 'De kleuren tonen waar het token naar kijkt: zijn rij gewichten.',
    toHelp: 'De kleuren tonen wat naar het token kijkt: zijn kolom gewichten.',
    strongestFrom: '{{token}} kijkt naar {{list}}',
    strongestTo: '{{token}} wordt bekeken door {{list}}',
    nothing: 'niets dat getoond wordt',
    hiddenRow: 'Het gekozen token is verborgen; kies een ander om zijn gewichten te zien.',
    pair: '{{query}} → {{key}}  {{value}}',
    zero: 'geen kleur: 0',
  },
};
