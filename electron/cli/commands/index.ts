/** The table of commands, in the order of `help`. Each is loaded when it is asked for: a command pays only for what it uses. */
import type { CommandEntry } from '../command.ts';

export const commands: readonly CommandEntry[] = [
  {
    name: 'models',
    summary: 'List the models on this machine, or delete one from the Hugging Face cache.',
    load: async () => (await import('./models.ts')).modelsCommand,
  },
  {
    name: 'fetch',
    summary: 'Fetch a model from the Hugging Face hub into the cache that Python uses too.',
    load: async () => (await import('./fetch.ts')).fetchCommand,
  },
  {
    name: 'run',
    summary: "Show a text's tokens, and the model's candidates for what comes next or fills each mask.",
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'trace',
    summary: 'Write every value that the model computed to a NumPy .npz file.',
    load: async () => (await import('./trace.ts')).traceCommand,
  },
  {
    name: 'figure',
    summary: 'Draw any view of the app as SVG, PDF or PNG, write its numbers, or make a figure again from its file.',
    load: async () => (await import('./figure.ts')).figureCommand,
  },
  {
    name: 'heads',
    summary: 'Score what every head of a model does: previous token, induction, separator and more.',
    load: async () => (await import('./heads.ts')).headsCommand,
  },
  {
    name: 'flow',
    summary: "Trace a token's information back through the layers: attention rollout, attention flow, norms.",
    load: async () => (await import('./flow.ts')).flowCommand,
  },
  {
    name: 'lens',
    summary: 'Show what each layer would predict (logit lens), and write all its log-probabilities to a .npz file.',
    load: async () => (await import('./lens.ts')).lensCommand,
  },
  {
    name: 'surprise',
    summary: 'Score a text or a file: how many bits each token is to the model, bits per token and per byte.',
    load: async () => (await import('./surprise.ts')).surpriseCommand,
  },
  {
    name: 'generate',
    summary: 'Go on with a text token by token: greedy, or drawn with temperature, top-k, top-p and a seed.',
    load: async () => (await import('./generate.ts')).generateCommand,
  },
  {
    name: 'tokens',
    summary: 'Show how a text falls into tokens and how each piece forms, compare tokenizers, search a vocabulary.',
    load: async () => (await import('./tokens.ts')).tokensCommand,
  },
  {
    name: 'neighbours',
    summary:
      "Find the pieces whose embeddings are nearest to a token's, or to a hidden state: exact, by cosine and dot product.",
    load: async () => (await import('./neighbours.ts')).neighboursCommand,
  },
  {
    name: 'project',
    summary:
      'Project hidden states, sentences or the vocabulary into 2 or 3 dimensions (PCA, UMAP, t-SNE), as CSV or .npz.',
    load: async () => (await import('./project.ts')).projectCommand,
  },
  {
    name: 'self-check',
    summary: 'Test the devices and the bundled models, and say versions and folders, for a bug report.',
    load: async () => (await import('./self-check.ts')).selfCheckCommand,
  },
  {
    name: 'serve',
    summary: 'Serve the app on this machine for a browser.',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
];
