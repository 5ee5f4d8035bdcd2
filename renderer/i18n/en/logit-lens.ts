/** English: what each layer would predict, filled masks, and surprise. */
export const logitLens = {
  logitLens: {
    noHead:
      'This model has no output layer: it makes vectors of a text and predicts no token, so there is nothing to read here.',
    working: 'Reading every layer through the output layer',
    stopped: 'Stopped.',
    colour: 'Colour of the cells',
    colours: { probability: 'Probability', entropy: 'Entropy', kl: 'KL' },
    colourHelp: {
      probability: 'of the most probable piece of the cell',
      entropy: 'how spread out the cell’s probabilities are, in bits; 0 is certain',
      kl: 'KL(final ‖ layer) in bits: how far the layer’s prediction is from the model’s own; 0 is the same',
    },
    legend: {
      probability: 'probability of the top piece, square-root scale',
      entropy: 'entropy, in bits; the end is every piece equally likely',
      kl: 'KL(final ‖ layer), in bits, square-root scale',
    },
    legendShort: { probability: 'probability, √ scale', entropy: 'entropy in bits', kl: 'KL in bits, √ scale' },
    way: {
      'next-token':
        'The most probable next piece if the model ended after that layer: its final norm, then its output layer (nostalgebraist 2020), which was trained on the last layer only.',
      'masked-token':
        'The most probable piece at that place if the model ended after that layer. Its layers end with a norm of their own, so the masked-LM head, trained on the last layer only, gets each layer’s output as it is.',
    },
    changed: 'Of the run with its changes.',
    grid: 'What each of {{rows}} rows, the last layer first, predicts at {{columns}} tokens',
    keys: 'Arrow keys move through layers and tokens; Home and End go to the first and the last token.',
    embedding: 'Embedding',
    layer: 'Layer {{layer}}',
    layers: 'Layer',
    cell: {
      'next-token':
        '{{layer}}, after {{token}} (token {{index}}): {{top}}, probability {{probability}}; entropy {{entropy}} bits, KL {{kl}} bits',
      'masked-token':
        '{{layer}}, at {{token}} (token {{index}}): {{top}}, probability {{probability}}; entropy {{entropy}} bits, KL {{kl}} bits',
    },
    place: {
      'next-token': '{{layer}} · after “{{token}}” (token {{index}})',
      'masked-token': '{{layer}} · at “{{token}}” (token {{index}})',
    },
    candidates: 'Candidates',
    entropy: 'Entropy',
    kl: 'KL(final ‖ layer)',
    bits: '{{bits}} bits',
    final: 'The model’s own prediction, “{{token}}”',
    actual: {
      'next-token': 'The next token of the text, “{{token}}”',
      'masked-token': 'The token of the text, “{{token}}”',
    },
    placed: 'rank {{rank}}, probability {{probability}}',
    ranks: 'Ranks count from 0, the most probable piece.',
    saveHelp: 'Save the numbers of this view as {{format}}',
  },
  fill: {
    intro:
      'Click on a token to mask it, and again to put it back; the sentence itself stays as it is. Masks of the sentence are filled too.',
    text: 'The text: choose tokens to mask',
    keys: 'Left and right arrows choose a token; Enter masks it, or puts it back.',
    token: '“{{token}}” (token {{index}})',
    masked: 'masked',
    ownMask: 'a mask of the sentence',
    special: '“{{token}}” belongs to every text',
    clear: 'Put all back',
    none: 'Nothing is masked yet.',
    working: 'Filling the masks',
    several:
      'With several masks each is filled by itself: the model sees all of them empty, and the candidates of one do not know those of another.',
    mask: 'Mask at token {{index}}',
    was: 'Mask in the place of “{{token}}” (token {{index}})',
    original: '“{{token}}” itself: rank {{rank}}, probability {{probability}}',
    entropy: 'Entropy {{bits}} bits',
    take: 'Write “{{token}}” here',
    takeHelp: 'Clicking a candidate writes it into the sentence.',
    back: 'Put back',
    columns: { place: 'Mask', candidate: 'Candidate', probability: 'Probability', rank: 'Rank' },
    cannot: '{{model}} predicts the token that comes next; masks are filled by a masked language model, such as BERT.',
    which: 'Models on this machine that fill masks:',
    whichNone: 'No model on this machine fills masks; a BERT does.',
    open: 'Open {{model}}',
  },
  surprise: {
    working: 'Scoring every token',
    workingMasked: 'Masking every token in turn',
    way: {
      'next-token': 'Each token by those before it: −log₂ of the probability that the model gave it.',
      'masked-token':
        'Pseudo-log-likelihood (Salazar et al. 2020): each token by all others, itself masked. The sum is no probability of the text.',
    },
    first: 'The first token is not scored: nothing comes before it.',
    started: '“{{token}}” stands before the text, so the first token is scored too.',
    start: 'First token',
    startChoices: { without: 'Not scored', with: 'After {{token}}' },
    startHelp: {
      without: 'What comes before it is not known',
      with: 'Scored as the beginning of a text: the model’s start token is put before it',
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
      perplexity: '2 to the power of {{bits}}',
    },
    sums: 'The whole text',
    nothing: 'No token is scored: the text has one token, and nothing before it.',
    text: 'The text, coloured by surprise',
    keys: 'Left and right arrows choose a token.',
    legend: 'bits',
    tokenScored: '“{{token}}” (token {{index}}): {{bits}} bits, probability {{probability}}, rank {{rank}}',
    tokenPlain: '“{{token}}” (token {{index}}): not scored',
    table: 'Surprise of every token',
    columns: { index: 'Token', token: 'Piece', bits: 'Bits', probability: 'Probability', rank: 'Rank' },
    rankHelp: 'How many pieces the model found more probable',
    notScored: 'not scored',
  },
};
