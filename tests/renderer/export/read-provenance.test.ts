import { describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { cliFormats } from '../../../electron/cli/formats.ts';
import { bundle } from '../../../renderer/export/bundle.ts';
import { DATA_FORMATS } from '../../../renderer/export/data-formats.ts';
import { readProvenance, SIDECAR } from '../../../renderer/export/read-provenance.ts';
import { tableData } from '../../../renderer/figures/figure-data.ts';
import { figure, provenance } from './support.ts';

const HOSTILE = [
  'a < b & "c" — 你好',
  '</metadata><script>alert(1)</script>',
  ']]>&amp;&#x0;',
  "';--\n\t\\u0000",
  '{"application":"x"}',
];
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('readProvenance(file, bytes)', () => {
  describe.each(cliFormats().map((format) => [format.extension, format] as const))('.%s', (extension, format) => {
    it.each(HOSTILE)('reads back what was written with the text %j', async (text) => {
      const whole = { ...provenance, text };
      const bytes = await format.encode(figure(4), { provenance: whole });
      expect(readProvenance(`figure.${extension}`, bytes)).toEqual(whole);
    });
  });

  it('reads the sidecar of a bundle, and a file of data', async () => {
    const data = tableData(() => [{ token: 'sea', bits: 1 }]);
    const [svg] = cliFormats();
    const bytes = await bundle([svg!], figure(4), data, { provenance });
    expect(readProvenance('figure.zip', bytes)).toEqual(provenance);
    const json = DATA_FORMATS.find(({ id }) => id === 'json')!;
    expect(readProvenance('data.json', await json.encode(data, provenance))).toEqual(provenance);
    expect(readProvenance('side.JSON', bytesOf(JSON.stringify(provenance)))).toEqual(provenance);
  });

  it.each([
    ['a.gif', 'x', 'a.gif: provenance is read from .svg, .png, .pdf, .json and .zip files.'],
    ['a.svg', '<svg/>', 'a.svg holds no provenance of a Headlight figure.'],
    ['a.svg', '<svg><metadata>no</metadata></svg>', 'a.svg: its provenance is not JSON.'],
    ['a.json', '{"application":"Other"}', 'a.json was not made by Headlight.'],
    ['a.json', '{"application":"Headlight","version":"1"}', 'a.json: its provenance has no figure.'],
    ['a.json', 'null', 'a.json holds no provenance of a Headlight figure.'],
    ['a.png', 'not a picture at all', 'a.png holds no provenance of a Headlight figure.'],
    ['a.pdf', '%PDF-1.3', 'a.pdf holds no provenance of a Headlight figure.'],
  ])('says what is wrong with %s holding %j', (file, text, message) => {
    expect(() => readProvenance(file, bytesOf(text))).toThrow(new RangeError(message));
  });

  it('takes a .zip without the sidecar for no figure', () => {
    const zip = zipSync({ [`x/${SIDECAR}`]: bytesOf(JSON.stringify(provenance)) });
    expect(() => readProvenance('a.zip', zip)).toThrow('a.zip holds no provenance of a Headlight figure.');
  });
});
