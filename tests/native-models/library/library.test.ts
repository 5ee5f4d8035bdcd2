import { copyFileSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFolder, findModel, listModels } from '../../../native-models/library/library.ts';
import type { LibraryOptions } from '../../../native-models/library/library.ts';
import { modelErrorOf, temporaryFolder, writeJson, writeTinyWeights } from '../checkpoint/support.ts';
import type { TinyTensor } from '../checkpoint/support.ts';

const FAMILIES = ['bert', 'gpt2'];
const GPT2 = { model_type: 'gpt2', n_layer: 2, n_head: 4, n_embd: 8, n_positions: 32, vocab_size: 10 };
const WEIGHTS: Readonly<Record<string, TinyTensor>> = {
  'transformer.wte.weight': { dtype: 'F16', shape: [10, 8] },
  'transformer.h.0.attn.bias': { dtype: 'F32', shape: [1, 1, 32, 32] },
  'transformer.ln_f.weight': { dtype: 'F32', shape: [8] },
};
const links = process.platform !== 'win32';

/** Only this test's own folders: an empty home, no variables of the machine. */
function options(changes: Partial<LibraryOptions> = {}): LibraryOptions {
  const empty = temporaryFolder();
  return { supportedFamilies: FAMILIES, env: { HOME: empty }, bundled: join(empty, 'none'), ...changes };
}

function writeModel(folder: string, changes: Readonly<Record<string, unknown>> = {}, card?: string): string {
  mkdirSync(folder, { recursive: true });
  writeJson(join(folder, 'config.json'), { ...GPT2, ...changes });
  writeTinyWeights(join(folder, 'model.safetensors'), WEIGHTS);
  writeFileSync(join(folder, 'tokenizer.json'), '{}');
  if (card !== undefined) writeFileSync(join(folder, 'README.md'), card);
  return folder;
}

/** A repository of a hub cache: the snapshot's files are links into blobs, as huggingface_hub lays them out. */
function writeRepository(hub: string, id: string, revisions: readonly string[], main?: string): string {
  const repository = join(hub, `models--${id.replaceAll('/', '--')}`);
  const blobs = join(repository, 'blobs');
  mkdirSync(blobs, { recursive: true });
  for (const revision of revisions) {
    const files = writeModel(temporaryFolder());
    const snapshot = join(repository, 'snapshots', revision);
    mkdirSync(snapshot, { recursive: true });
    for (const name of ['config.json', 'model.safetensors', 'tokenizer.json']) {
      const blob = `${revision}${name.length}`;
      copyFileSync(join(files, name), join(blobs, blob));
      symlinkSync(join('..', '..', 'blobs', blob), join(snapshot, name));
    }
  }
  if (main !== undefined) {
    mkdirSync(join(repository, 'refs'), { recursive: true });
    writeFileSync(join(repository, 'refs', 'main'), main);
  }
  return repository;
}

describe('listModels', () => {
  it('lists the bundled models, with their sizes and licence', async () => {
    const [bert, gpt] = await listModels({ supportedFamilies: FAMILIES, env: { HOME: temporaryFolder() } });
    const folder = join(import.meta.dirname, '..', '..', '..', 'native-models', 'bundled', 'headlight-gpt');
    expect(gpt).toMatchObject({
      id: 'headlight-gpt',
      source: 'bundled',
      folder,
      family: 'gpt2',
      dtype: 'F16',
      problem: null,
    });
    expect(bert).toMatchObject({
      id: 'headlight-bert',
      source: 'bundled',
      family: 'bert',
      dtype: 'F16',
      problem: null,
    });
    for (const entry of [bert, gpt]) {
      expect(entry?.license).toMatch(/^[a-z0-9.-]+$/u);
      expect(entry?.bytes).toBeLessThanOrEqual(20_000_000);
      expect(entry?.bytes).toBeGreaterThanOrEqual(2 * (entry?.parameters ?? Infinity));
    }
  });

  it('takes the bundled folder of the environment variable', async () => {
    const bundled = temporaryFolder();
    writeModel(join(bundled, 'one'));
    mkdirSync(join(bundled, 'not-a-model'));
    const env = { HOME: temporaryFolder(), HEADLIGHT_BUNDLED_MODELS: bundled };
    expect((await listModels({ supportedFamilies: FAMILIES, env })).map(({ id }) => id)).toEqual(['one']);
  });

  it('says all it knows of a folder of the user', async () => {
    const folder = writeModel(join(temporaryFolder(), 'mine'), {}, '---\nlicense: mit\n---\n');
    const [entry] = await listModels(options({ folders: [folder] }));
    const bytes = entry?.bytes ?? 0;
    expect(bytes).toBeGreaterThan(4_288);
    expect(entry).toEqual({
      ...{ id: folder, name: 'mine', source: 'folder', folder, family: 'gpt2', revision: null, problem: null },
      ...{
        layers: 2,
        heads: 4,
        hidden: 8,
        maxTokens: 32,
        vocabulary: 10,
        parameters: 88,
        bytes,
        dtype: 'F16',
        license: 'mit',
      },
    });
  });

  it('lists the models inside a folder, each folder once, whichever way it was named', async () => {
    const parent = temporaryFolder();
    const [a, b] = ['a', 'b'].map((name) => writeModel(join(parent, name)));
    mkdirSync(join(parent, 'c'));
    const folders = [parent, join(parent, 'a', '..', 'a'), `${parent}/b/`];
    expect((await listModels(options({ folders }))).map(({ id }) => id)).toEqual([a, b]);
  });

  it('reads ~ as the home folder', async () => {
    const home = temporaryFolder();
    const folder = writeModel(join(home, 'models', 'mine'));
    expect((await listModels(options({ env: { HOME: home }, folders: ['~/models/mine'] })))[0]?.folder).toBe(folder);
  });

  it.runIf(links)('lists the Hugging Face cache, whose files are links', async () => {
    const hub = temporaryFolder();
    const repository = writeRepository(hub, 'org/name', ['aaa', 'bbb'], 'bbb\n');
    writeRepository(hub, 'gpt2', ['ccc']);
    mkdirSync(join(hub, 'models--org--empty', 'blobs'), { recursive: true });
    mkdirSync(join(hub, 'datasets--org--data', 'snapshots', 'x'), { recursive: true });
    mkdirSync(join(hub, '.locks'));
    const entries = await listModels(options({ env: { HF_HUB_CACHE: hub } }));
    expect(entries.map(({ id, source, revision, problem }) => [id, source, revision, problem])).toEqual([
      ['gpt2', 'huggingface', 'ccc', null],
      ['org/name', 'huggingface', 'bbb', null],
      ['org/name@aaa', 'huggingface', 'aaa', null],
    ]);
    expect(entries[1]).toMatchObject({ folder: join(repository, 'snapshots', 'bbb'), parameters: 88 });
  });

  it.runIf(links)('finds one revision by its commit, the beginning of it, or a branch', async () => {
    const hub = temporaryFolder();
    const [one, two] = ['1234567890abcdef', '1234567fedcba098'];
    const repository = writeRepository(hub, 'org/name', [one, two], one);
    mkdirSync(join(repository, 'refs', 'pr'), { recursive: true });
    writeFileSync(join(repository, 'refs', 'pr', '1'), `${two}\n`);
    const all = options({ env: { HF_HUB_CACHE: hub } });
    const revisionOf = async (model: string) => (await findModel(model, all)).revision;
    expect(await revisionOf('org/name')).toBe(one);
    for (const model of [`org/name@${two}`, 'org/name@1234567f', 'org/name@pr/1', 'Org/Name@1234567fedcb']) {
      expect(await revisionOf(model), model).toBe(two);
    }
    expect(await findModel('org/name@main', all)).toMatchObject({ id: 'org/name@1234567890ab', revision: one });
    const listed = (await listModels(all)).map(({ id }) => id);
    expect(listed).toEqual(['org/name', 'org/name@1234567fedcb']);
    for (const id of listed) expect(await findModel(id, all)).toMatchObject({ id, problem: null });
    for (const model of ['org/name@1234567', 'org/name@12', 'org/name@', 'org/name@../refs/main', 'org/other@main']) {
      expect((await modelErrorOf(() => findModel(model, all))).reason, model).toBe('model-unknown');
    }
  });

  it.runIf(links)(
    'prefers the newest snapshot when refs/main names none, and one that opens to one that does not',
    async () => {
      const hub = temporaryFolder();
      const repository = writeRepository(hub, 'org/name', ['old', 'new', 'mid']);
      ['old', 'mid', 'new'].forEach((name, at) => {
        utimesSync(join(repository, 'snapshots', name), at, at);
      });
      const revision = async () => (await listModels(options({ env: { HF_HUB_CACHE: hub } })))[0]?.revision;
      expect(await revision()).toBe('new');
      mkdirSync(join(repository, 'refs'));
      writeFileSync(join(repository, 'refs', 'main'), 'old');
      expect(await revision()).toBe('old');
      rmSync(join(repository, 'snapshots', 'old', 'model.safetensors'));
      expect(await revision()).toBe('new');
      for (const name of ['new', 'mid']) rmSync(join(repository, 'snapshots', name, 'model.safetensors'));
      const [entry] = await listModels(options({ env: { HF_HUB_CACHE: hub } }));
      expect(entry).toMatchObject({ revision: 'old', family: 'gpt2' });
      expect(entry?.problem).toMatch(/no model\.safetensors/u);
    },
  );

  it.runIf(links)('finds the cache as huggingface_hub does', async () => {
    const root = temporaryFolder();
    const places = {
      HF_HUB_CACHE: join(root, 'a'),
      HUGGINGFACE_HUB_CACHE: join(root, 'b'),
      HF_HOME: join(root, 'c'),
      XDG_CACHE_HOME: join(root, 'd'),
      HOME: join(root, 'e'),
    };
    const hubs = [
      ...[places.HF_HUB_CACHE, places.HUGGINGFACE_HUB_CACHE, join(places.HF_HOME, 'hub')],
      ...[join(places.XDG_CACHE_HOME, 'huggingface', 'hub'), join(places.HOME, '.cache', 'huggingface', 'hub')],
    ];
    hubs.forEach((hub, at) => writeRepository(hub, `org/${'abcde'[at] ?? ''}`, ['r']));
    const env: Record<string, string> = { ...places };
    const found: string[] = [];
    for (const variable of Object.keys(places)) {
      found.push(...(await listModels(options({ env }))).map(({ id }) => id));
      env[variable] = '';
    }
    expect(found).toEqual(['org/a', 'org/b', 'org/c', 'org/d', 'org/e']);
  });

  it.runIf(links)('keeps the first of two models with one id', async () => {
    const [bundled, hub] = [temporaryFolder(), temporaryFolder()];
    writeModel(join(bundled, 'gpt2'));
    writeRepository(hub, 'gpt2', ['r']);
    const entries = await listModels(options({ bundled, env: { HF_HUB_CACHE: hub } }));
    expect(entries.map(({ id, source }) => [id, source])).toEqual([['gpt2', 'bundled']]);
  });

  it('lists nothing where there is nothing', async () => {
    expect(await listModels(options())).toEqual([]);
  });
});

describe('a model that cannot be opened says why, and the others stay in the list', () => {
  const damages: readonly [what: string, damage: (folder: string) => void, words: RegExp, known: object][] = [
    [
      'an unsupported family',
      (folder) => {
        writeJson(join(folder, 'config.json'), { model_type: 'clip' });
      },
      /"clip" is not supported; Headlight opens bert, gpt2\.$/u,
      { family: 'clip' },
    ],
    [
      'no config',
      (folder) => {
        rmSync(join(folder, 'config.json'));
      },
      /config\.json cannot be read/u,
      { family: null },
    ],
    [
      'a config without model_type',
      (folder) => {
        writeJson(join(folder, 'config.json'), {});
      },
      /has no model_type/u,
      { family: null },
    ],
    [
      'a config that lies',
      (folder) => {
        writeJson(join(folder, 'config.json'), { ...GPT2, n_layer: '2' });
      },
      /"n_layer" is the string "2"/u,
      { family: 'gpt2', layers: null },
    ],
    [
      'only a .bin',
      (folder) => {
        rmSync(join(folder, 'model.safetensors'));
        writeFileSync(join(folder, 'pytorch_model.bin'), '');
      },
      /no model\.safetensors \(it has pytorch_model\.bin\)/u,
      { layers: 2, bytes: null },
    ],
    [
      'a damaged header',
      (folder) => {
        writeFileSync(join(folder, 'model.safetensors'), 'xxxxxxxxxxxx');
      },
      /says its header has/u,
      { layers: 2 },
    ],
    [
      'weights in a dtype that is not computed',
      (folder) => {
        writeTinyWeights(join(folder, 'model.safetensors'), { a: { dtype: 'I8', shape: [4] } });
      },
      /weights stored as I8/u,
      { dtype: 'I8', parameters: 4 },
    ],
    [
      'no weights at all',
      (folder) => {
        writeTinyWeights(join(folder, 'model.safetensors'), {});
      },
      /has no weights/u,
      { parameters: 0 },
    ],
    [
      'no tokenizer',
      (folder) => {
        rmSync(join(folder, 'tokenizer.json'));
      },
      /no tokenizer; expected tokenizer\.json or vocab\.txt/u,
      { parameters: 88 },
    ],
  ];
  it.each(damages)('%s', async (_, damage, words, known) => {
    const parent = temporaryFolder();
    const [broken, sound] = [writeModel(join(parent, 'broken')), writeModel(join(parent, 'sound'))];
    damage(broken);
    const [first, second] = await listModels(options({ folders: [broken, sound] }));
    expect(first).toMatchObject({ id: broken, ...known });
    expect(first?.problem).toMatch(words);
    expect(second).toMatchObject({ id: sound, problem: null });
  });

  it('a folder that is not there, a file, a folder without models', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const entries = await listModels(options({ folders: [join(folder, 'gone'), join(folder, 'file'), folder] }));
    expect(entries.map(({ problem }) => problem)).toEqual([
      `There is no folder ${join(folder, 'gone')}.`,
      `There is no folder ${join(folder, 'file')}.`,
      expect.stringMatching(/config\.json cannot be read/u),
    ]);
  });

  it.runIf(links)('links that lead in a circle', async () => {
    const folder = writeModel(join(temporaryFolder(), 'circle'));
    rmSync(join(folder, 'model.safetensors'));
    symlinkSync('model.safetensors', join(folder, 'model.safetensors'));
    const [entry] = await listModels(options({ folders: [folder] }));
    expect(entry?.problem).toMatch(/model\.safetensors cannot be read/u);
  });
});

describe('describeFolder', () => {
  it('is the line of one folder, with its absolute path as id', async () => {
    const folder = writeModel(join(temporaryFolder(), 'mine'));
    expect(await describeFolder(join(folder, '..', 'mine'), options())).toMatchObject({
      id: folder,
      layers: 2,
      problem: null,
    });
  });

  it.runIf(links)('knows a repository of a hub cache and a snapshot of it', async () => {
    const repository = writeRepository(temporaryFolder(), 'org/name', ['abc']);
    expect(await describeFolder(repository, options())).toMatchObject({
      id: 'org/name',
      revision: 'abc',
      problem: null,
    });
    const snapshot = join(repository, 'snapshots', 'abc');
    expect(await describeFolder(snapshot, options())).toMatchObject({
      id: snapshot,
      name: 'org/name',
      revision: 'abc',
    });
  });
});

describe('findModel', () => {
  it.runIf(links)('finds a model by id, whatever its case, or by path', async () => {
    const [bundled, hub] = [temporaryFolder(), temporaryFolder()];
    writeModel(join(bundled, 'headlight-gpt'));
    writeRepository(hub, 'openai-community/gpt2', ['r']);
    const elsewhere = writeModel(join(temporaryFolder(), 'elsewhere'));
    const all = options({ bundled, env: { HF_HUB_CACHE: hub } });
    expect((await findModel('headlight-gpt', all)).folder).toBe(join(bundled, 'headlight-gpt'));
    expect((await findModel('OpenAI-community/GPT2', all)).id).toBe('openai-community/gpt2');
    expect((await findModel(elsewhere, all)).id).toBe(elsewhere);
    const listed = options({ ...all, folders: [dirname(elsewhere)] });
    expect(await findModel(elsewhere, listed)).toEqual((await listModels(listed)).at(-1));
  });

  it('gives an entry with a problem rather than an error', async () => {
    const folder = temporaryFolder();
    expect((await findModel(folder, options())).problem).toMatch(/config\.json/u);
  });

  it.each([
    ['headlight-gtp', 'headlight-gpt'],
    ['gpt', 'headlight-gpt'],
    ['HEADLIGHTBERT', 'headlight-bert'],
    ['org/headlight-bert', 'headlight-bert'],
  ])('names what comes near %s', async (asked, near) => {
    const bundled = temporaryFolder();
    for (const name of ['headlight-gpt', 'headlight-bert']) writeModel(join(bundled, name));
    const error = await modelErrorOf(() => findModel(asked, options({ bundled })));
    expect(error).toMatchObject({ code: 'not-found', reason: 'model-unknown', values: { model: asked } });
    expect(error.message).toMatch(new RegExp(`no model "${asked}".*Did you mean ${near}`, 'u'));
  });

  it.each(['', 'xyzzy', '/no/such/folder', '\0', 'x'.repeat(10_000)])('knows nothing near %j', async (asked) => {
    const bundled = temporaryFolder();
    writeModel(join(bundled, 'headlight-gpt'));
    const error = await modelErrorOf(() => findModel(asked, options({ bundled })));
    expect(error.code).toBe('not-found');
    expect(error.message.length).toBeLessThan(400);
    expect(error.message).not.toMatch(/Did you mean/u);
  });
});
