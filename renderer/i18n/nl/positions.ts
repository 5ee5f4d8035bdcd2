/** Nederlands: hoe plaatsen in vectoren worden geschreven. */
export const positions = {
  positions: {
    kind: 'Soort posities',
    kinds: { learned: 'Geleerd', sinusoidal: 'Sinusvormig', rotary: 'Rotary', relative: 'Relatief' },
    positions: 'Posities',
    dims: 'Dimensies',
    limits: 'een geheel getal van {{least}} tot {{most}}',
    formula: 'Volgens de formule: deze getallen zijn van geen enkel model.',
    none: 'Dit model telt geen positievectoren bij zijn embeddings op.',
    learned: 'De eigen tabel van dit model: {{rows}} posities van elk {{columns}} getallen, geleerd.',
    learnedPart:
      'De eigen tabel van dit model: {{rows}} posities van elk {{columns}} getallen, geleerd; de eerste {{shown}} zijn te zien.',
    about: {
      learned:
        'Een rij van de tabel wordt bij de embedding van elk token opgeteld (BERT, GPT-2). Een paarse band langs de diagonaal: plaatsen dicht bij elkaar hebben vectoren die op elkaar lijken.',
      sinusoidal:
        'Vaswani et al. 2017, paragraaf 3.5. Elk paar dimensies is een golf; het inproduct van twee plaatsen hangt alleen van hun afstand af.',
      rotary:
        'Su et al. 2021, paragraaf 3.2. Bij de embeddings wordt niets opgeteld: q en k worden gedraaid over hoeken die met hun plaats groeien, zodat q·k van de afstand afhangt.',
      relative:
        'T5 (Raffel et al. 2020, paragraaf 2.1): 32 vakken van afstanden; elke head telt per vak een geleerd getal bij zijn scores op. De getallen horen bij een model, de vakken bij de formule.',
    },
    matrix: {
      learned: 'Cosinus van elke positie met elke',
      sinusoidal: 'De codering: positie × dimensie',
      rotary: 'cos(m·θ) van elk paar dimensies, m tokens uit elkaar',
      relative: 'Het vak van elke query en key',
    },
    matrixLabel: '{{title}}: {{rows}} × {{columns}}',
    rows: { learned: 'positie', sinusoidal: 'positie', rotary: 'afstand m', relative: 'query' },
    columns: { learned: 'positie', sinusoidal: 'dimensie', rotary: 'paar i', relative: 'key' },
    legend: {
      learned: 'cosinus',
      sinusoidal: 'waarde van de codering',
      rotary: 'cos(m·θ)',
      relative: 'vak',
    },
    read: {
      learned: 'posities {{row}} en {{column}}  {{value}}',
      sinusoidal: 'positie {{row}}, dimensie {{column}}  {{value}}',
      rotary: '{{row}} uit elkaar, paar {{column}}  {{value}}',
      relative: 'query {{row}}, key {{column}}  vak {{value}}',
    },
    curve: {
      learned: 'Cosinus tegen afstand: gemiddelde, kleinste tot grootste',
      sinusoidal: 'Inproduct tegen afstand',
      rotary: 'Gemiddelde van cos(m·θ) over de paren, tegen afstand m',
      relative: 'Vak van een key vóór de query, tegen afstand',
    },
    distance: 'afstand in tokens',
    at: '{{distance}} uit elkaar: {{value}}',
  },
};
