/** English: rows of the embedding table and their neighbours. */
export const neighbours = {
  neighbours: {
    token: 'Token',
    depth: 'Vector',
    depths: {
      row: 'its row of the embedding table',
      sum: 'what enters layer 0 (with its position)',
      layer: 'hidden state after layer {{layer}}',
    },
    find: 'Any piece',
    findHint: 'type a word or piece',
    back: 'Back',
    row: 'row {{id}}, “{{piece}}”',
    sum: '“{{piece}}” at {{position}}, entering layer 0',
    state: '“{{piece}}” at {{position}}, after layer {{layer}}',
    facts:
      'Length {{norm}}. Compared with all {{count}} other rows of the table; {{shared}} of the {{listed}} nearest are in both lists.',
    among: 'Exact: compared with all {{count}} other rows of the embedding table.',
    by: { cosine: 'Nearest by cosine', dot: 'Nearest by dot product' },
    cosine: 'cosine',
    dot: 'dot product',
    rank: '#',
    way: 'The cosine compares directions, v·w ÷ (‖v‖ ‖w‖); the dot product, v·w, counts the length of a row too. A piece leads to its own neighbours.',
    wayState:
      'A hidden state compared with rows of the input table: they share their dimensions, but deep layers need not use them in the same way.',
  },
};
