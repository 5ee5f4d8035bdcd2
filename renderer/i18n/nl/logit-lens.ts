/** Nederlands: wat elke laag zou voorspellen, ingevulde maskers, en verrassing. */
export const logitLens = {
  logitLens: {
    noHead:
      'Dit model heeft geen uitvoerlaag: het maakt vectoren van een tekst en voorspelt geen token, dus is er hier niets te lezen.',
    working: 'Elke laag door de uitvoerlaag lezen',
    stopped: 'Gestopt.',
    colour: 'Kleur van de cellen',
    colours: { probability: 'Kans', entropy: 'Entropie', kl: 'KL' },
    colourHelp: {
      probability: 'van het waarschijnlijkste stuk van de cel',
      entropy: 'hoe gespreid de kansen van de cel zijn, in bits; 0 is zeker',
      kl: 'KL(eind ‖ laag) in bits: hoe ver de voorspelling van de laag van die van het model zelf is; 0 is dezelfde',
    },
    legend: {
      probability: 'kans van het bovenste stuk, wortelschaal',
      entropy: 'entropie, in bits; het einde is elk stuk even waarschijnlijk',
      kl: 'KL(eind ‖ laag), in bits, wortelschaal',
    },
    legendShort: { probability: 'kans, √-schaal', entropy: 'entropie in bits', kl: 'KL in bits, √-schaal' },
    way: {
      'next-token':
        'Het waarschijnlijkste volgende stuk als het model na die laag ophield: de laatste norm, dan de uitvoerlaag (nostalgebraist 2020), die alleen op de laatste laag getraind is.',
      'masked-token':
        'Het waarschijnlijkste stuk op die plaats als het model na die laag ophield. Zijn lagen eindigen met een eigen norm, dus krijgt de masked-LM-head, alleen op de laatste laag getraind, de uitvoer van elke laag zoals die is.',
    },
    changed: 'Van de berekening met haar veranderingen.',
    grid: 'Wat elk van {{rows}} rijen, de laatste laag eerst, bij {{columns}} tokens voorspelt',
    keys: 'Pijltjestoetsen gaan langs lagen en tokens; Home en End naar het eerste en het laatste token.',
    embedding: 'Embedding',
    layer: 'Laag {{layer}}',
    layers: 'Laag',
    cell: {
      'next-token':
        '{{layer}}, na {{token}} (token {{index}}): {{top}}, kans {{probability}}; entropie {{entropy}} bits, KL {{kl}} bits',
      'masked-token':
        '{{layer}}, bij {{token}} (token {{index}}): {{top}}, kans {{probability}}; entropie {{entropy}} bits, KL {{kl}} bits',
    },
    place: {
      'next-token': '{{layer}} · na “{{token}}” (token {{index}})',
      'masked-token': '{{layer}} · bij “{{token}}” (token {{index}})',
    },
    candidates: 'Kandidaten',
    entropy: 'Entropie',
    kl: 'KL(eind ‖ laag)',
    bits: '{{bits}} bits',
    final: 'De voorspelling van het model zelf, “{{token}}”',
    actual: {
      'next-token': 'Het volgende token van de tekst, “{{token}}”',
      'masked-token': 'Het token van de tekst, “{{token}}”',
    },
    placed: 'rang {{rank}}, kans {{probability}}',
    ranks: 'Rangen tellen vanaf 0, het waarschijnlijkste stuk.',
    saveHelp: 'De getallen van deze weergave als {{format}} bewaren',
  },
  fill: {
    intro:
      'Klik op een token om het te maskeren, en nog eens om het terug te zetten; de zin zelf blijft zoals hij is. Maskers van de zin worden ook ingevuld.',
    text: 'De tekst: kies tokens om te maskeren',
    keys: 'Pijl links en rechts kiezen een token; Enter maskeert het, of zet het terug.',
    token: '“{{token}}” (token {{index}})',
    masked: 'gemaskeerd',
    ownMask: 'een masker van de zin',
    special: '“{{token}}” hoort bij elke tekst',
    clear: 'Alles terugzetten',
    none: 'Er is nog niets gemaskeerd.',
    working: 'De maskers invullen',
    several:
      'Bij meer maskers wordt elk apart ingevuld: het model ziet ze allemaal leeg, en de kandidaten van het ene weten niets van die van het andere.',
    mask: 'Masker op token {{index}}',
    was: 'Masker op de plaats van “{{token}}” (token {{index}})',
    original: '“{{token}}” zelf: rang {{rank}}, kans {{probability}}',
    entropy: 'Entropie {{bits}} bits',
    take: '“{{token}}” hier schrijven',
    takeHelp: 'Een klik op een kandidaat schrijft die in de zin.',
    back: 'Terugzetten',
    columns: { place: 'Masker', candidate: 'Kandidaat', probability: 'Kans', rank: 'Rang' },
    cannot:
      '{{model}} voorspelt het token dat volgt; maskers worden ingevuld door een masked language model, zoals BERT.',
    which: 'Modellen op deze machine die maskers invullen:',
    whichNone: 'Geen model op deze machine vult maskers in; een BERT doet dat.',
    open: '{{model}} openen',
  },
  surprise: {
    working: 'Elk token scoren',
    workingMasked: 'Elk token om de beurt maskeren',
    way: {
      'next-token': 'Elk token door wat ervoor staat: −log₂ van de kans die het model eraan gaf.',
      'masked-token':
        'Pseudo-log-likelihood (Salazar e.a. 2020): elk token door alle andere, zelf gemaskeerd. De som is geen kans van de tekst.',
    },
    first: 'Het eerste token wordt niet gescoord: er staat niets voor.',
    started: '“{{token}}” staat voor de tekst, dus ook het eerste token wordt gescoord.',
    start: 'Eerste token',
    startChoices: { without: 'Niet gescoord', with: 'Na {{token}}' },
    startHelp: {
      without: 'Wat ervoor komt is niet bekend',
      with: 'Gescoord als het begin van een tekst: het starttoken van het model komt ervoor',
    },
    perToken: 'bits per token',
    perByte: 'bits per byte',
    perplexity: 'perplexity',
    pseudo: {
      perToken: 'pseudo-bits per token',
      perByte: 'pseudo-bits per byte',
      perplexity: 'pseudo-perplexity',
    },
    formula: {
      perToken: '{{bits}} bits ÷ {{count}} tokens',
      perByte: '{{bits}} bits ÷ {{count}} bytes (UTF-8)',
      perplexity: '2 tot de macht {{bits}}',
    },
    sums: 'De hele tekst',
    nothing: 'Er wordt geen token gescoord: de tekst heeft één token, met niets ervoor.',
    text: 'De tekst, gekleurd naar verrassing',
    keys: 'Pijl links en rechts kiezen een token.',
    legend: 'bits',
    tokenScored: '“{{token}}” (token {{index}}): {{bits}} bits, kans {{probability}}, rang {{rank}}',
    tokenPlain: '“{{token}}” (token {{index}}): niet gescoord',
    table: 'Verrassing van elk token',
    columns: { index: 'Token', token: 'Stuk', bits: 'Bits', probability: 'Kans', rank: 'Rang' },
    rankHelp: 'Hoeveel stukken het model waarschijnlijker vond',
    notScored: 'niet gescoord',
  },
};
