/** Nederlands: rijen van de embeddingtabel en hun buren. */
export const neighbours = {
  neighbours: {
    token: 'Token',
    depth: 'Vector',
    depths: {
      row: 'zijn rij van de embeddingtabel',
      sum: 'wat laag 0 in gaat (met zijn positie)',
      layer: 'hidden state na laag {{layer}}',
    },
    find: 'Elk stuk',
    findHint: 'typ een woord of stuk',
    back: 'Terug',
    row: 'rij {{id}}, “{{piece}}”',
    sum: '“{{piece}}” op {{position}}, laag 0 in',
    state: '“{{piece}}” op {{position}}, na laag {{layer}}',
    facts:
      'Lengte {{norm}}. Vergeleken met alle {{count}} andere rijen van de tabel; {{shared}} van de {{listed}} dichtstbijzijnde staan in beide lijsten.',
    among: 'Exact: vergeleken met alle {{count}} andere rijen van de embeddingtabel.',
    by: { cosine: 'Dichtstbij volgens de cosinus', dot: 'Dichtstbij volgens het inproduct' },
    cosine: 'cosinus',
    dot: 'inproduct',
    rank: '#',
    way: 'De cosinus vergelijkt richtingen, v·w ÷ (‖v‖ ‖w‖); het inproduct, v·w, telt ook de lengte van een rij mee. Een stuk leidt naar zijn eigen buren.',
    wayState:
      'Een hidden state vergeleken met rijen van de invoertabel: ze delen hun dimensies, maar diepe lagen hoeven die niet op dezelfde manier te gebruiken.',
  },
};
