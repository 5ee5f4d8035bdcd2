/** Dutch: where a token's information comes from, across the layers. */
import type { layers as english } from '../en/layers.ts';
import type { Words } from '../words.ts';

export const layers: Words<typeof english> = {
  layers: {
    title: 'Waar “{{token}}” ({{index}}) zijn informatie vandaan heeft',
    label: 'Stroom door de lagen naar “{{token}}” ({{index}}): {{rows}} rijen, {{columns}} laaggrenzen',
    tools: 'Hoe informatie wordt teruggevolgd',
    traced: 'Teruggevolgd: “{{token}}” ({{index}})',
    tracedHelp: 'Het gekozen token. Klik op een balk om een ander terug te volgen.',
    method: 'Methode',
    methods: { raw: 'Ruwe gewichten', rollout: 'Rollout', flow: 'Maximale stroom' },
    methodHelp: {
      raw: 'De eigen gewichten van het token in elke laag op zichzelf, gemiddeld over de heads; er wordt niets door andere tokens gevolgd.',
      rollout:
        'Attention rollout: wat elke laag mengt, van boven naar beneden vermenigvuldigd (Abnar & Zuidema 2020, paragraaf 3.1).',
      flow: 'Attention flow: de grootste stroom naar elk token die de gewichten als capaciteiten toelaten (Abnar & Zuidema 2020, paragraaf 3.2).',
    },
    weighting: 'Gewichten',
    weightings: { attention: 'Attention', norms: 'Normen' },
    weightingHelp: {
      attention: 'Attention-gewichten, gemiddeld over de heads.',
      norms:
        'Normen van wat de gewogen values schrijven, heads eerst opgeteld (Kobayashi e.a. 2020); de residual stream met zijn eigen norm, met de LayerNorm erna (Kobayashi e.a. 2021).',
    },
    residualLabel: 'Residuaal deel',
    residualHelp:
      'Het deel van elk token dat door de residual stream gaat, 0 tot 1; Abnar & Zuidema nemen 0,5. Normen geven het zelf, ruwe gewichten hebben er geen.',
    over: { attention: 'gemiddelde attention-gewichten', norms: 'normen van wat de heads schrijven' },
    way: {
      raw: 'elke laag op zichzelf, {{of}}',
      rollout: 'attention rollout over {{of}}',
      flow: 'attention flow over {{of}}',
    },
    residualShare: 'residuaal deel {{share}}',
    residualByNorm: 'residual stream naar zijn norm',
    flowScale: 'delen van {{scale}}, de som van de maximale stromen',
    flowHelp:
      'De delen bij de embedding zijn die van de maximale stromen naar elk token. Waar meer wegen hetzelfde maximum dragen, tonen de linten er één van.',
    embedding: 'embedding',
    layer: 'laag {{layer}}',
    attention: 'door attention',
    residual: 'door de residual stream',
    residualNorms: 'residual stream en attention naar zichzelf',
    bar: 'deel van een token',
    gap_one: '… {{count}} token',
    gap_other: '… {{count}} tokens',
    drawn: 'De linten zijn {{share}} van alle hoeveelheden; kleinere zijn weggelaten.',
    drawnAll: 'De linten zijn alle hoeveelheden.',
    atEmbedding: 'bij de embedding',
    after: 'na laag {{layer}}',
    node: '{{row}} {{at}}: {{share}}',
    ribbonAttention: 'laag {{layer}}: {{to}} neemt {{share}} van {{from}} door attention',
    ribbonResidual: 'laag {{layer}}: {{to}} behoudt {{share}} door de residual stream',
    ribbonOwn: 'laag {{layer}}: {{to}} behoudt {{share}}, residual stream en attention naar zichzelf',
    keys: 'Pijltjes gaan van balk naar balk; Enter volgt het token van een balk terug.',
    working: 'Terugvolgen',
    stopped: 'Het terugvolgen is gestopt.',
    example: 'Het uitgewerkte voorbeeld heeft één laag van zichzelf; open een zin om informatie terug te volgen.',
    hidden: 'Tokens die elders verborgen zijn, staan hier wel: er gaat informatie doorheen.',
  },
};
