/** English: the reading view, the text coloured by one token's weights. */
export const reading = {
  reading: {
    label: '{{place}}: the text, coloured by the weights of “{{token}}”',
    ofText: {
      from: 'what “{{token}}” (token {{index}}) looks at',
      to: 'what looks at “{{token}}” (token {{index}})',
    },
    help: 'Arrow keys move the token; Home and End go to the first and last.',
    direction: 'Direction',
    from: 'Looks at',
    to: 'Looked at by',
    fromHelp: 'Colours show what the token looks at: its row of weights.',
    toHelp: 'Colours show what looks at the token: its column of weights.',
    strongestFrom: '{{token}} looks at {{list}}',
    strongestTo: '{{token}} is looked at by {{list}}',
    nothing: 'nothing that is shown',
    hiddenRow: 'The selected token is hidden; choose another to see its weights.',
    pair: '{{query}} → {{key}}  {{value}}',
    zero: 'no colour: 0',
  },
};
