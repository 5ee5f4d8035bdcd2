/** English: how places are written into vectors. */
export const positions = {
  positions: {
    kind: 'Kind of positions',
    kinds: { learned: 'Learned', sinusoidal: 'Sinusoidal', rotary: 'Rotary', relative: 'Relative' },
    positions: 'Positions',
    dims: 'Dimensions',
    limits: 'a whole number from {{least}} to {{most}}',
    formula: 'By formula: these are numbers of no model.',
    none: 'This model adds no position vectors to its embeddings.',
    learned: 'This model’s own table: {{rows}} positions of {{columns}} numbers each, learned.',
    learnedPart:
      'This model’s own table: {{rows}} positions of {{columns}} numbers each, learned; the first {{shown}} are shown.',
    about: {
      learned:
        'A row of the table is added to every token’s embedding (BERT, GPT-2). A violet band along the diagonal: places near each other have similar vectors.',
      sinusoidal:
        'Vaswani et al. 2017, section 3.5. Every pair of dimensions is a wave; the dot product of two places depends on their distance alone.',
      rotary:
        'Su et al. 2021, section 3.2. Nothing is added to embeddings: q and k are turned by angles that grow with their places, so that q·k depends on the distance.',
      relative:
        'T5 (Raffel et al. 2020, section 2.1): 32 buckets of distances; each head adds a learned number a bucket to its scores. The numbers belong to a model, the buckets to the formula.',
    },
    matrix: {
      learned: 'Cosine of each position with each',
      sinusoidal: 'The encoding: position × dimension',
      rotary: 'cos(m·θ) of each pair of dimensions, m tokens apart',
      relative: 'The bucket of each query and key',
    },
    matrixLabel: '{{title}}: {{rows}} × {{columns}}',
    rows: { learned: 'position', sinusoidal: 'position', rotary: 'distance m', relative: 'query' },
    columns: { learned: 'position', sinusoidal: 'dimension', rotary: 'pair i', relative: 'key' },
    legend: {
      learned: 'cosine',
      sinusoidal: 'value of the encoding',
      rotary: 'cos(m·θ)',
      relative: 'bucket',
    },
    read: {
      learned: 'positions {{row}} and {{column}}  {{value}}',
      sinusoidal: 'position {{row}}, dimension {{column}}  {{value}}',
      rotary: '{{row}} apart, pair {{column}}  {{value}}',
      relative: 'query {{row}}, key {{column}}  bucket {{value}}',
    },
    curve: {
      learned: 'Cosine against distance: mean, least to most',
      sinusoidal: 'Dot product against distance',
      rotary: 'Mean of cos(m·θ) over the pairs, against distance m',
      relative: 'Bucket of a key before the query, against distance',
    },
    distance: 'distance in tokens',
    at: '{{distance}} apart: {{value}}',
  },
};
