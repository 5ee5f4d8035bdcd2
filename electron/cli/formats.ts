/** The export formats of the command line. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { ExportFormat } from '../../renderer/export/format.ts';
import { pdfFormat } from '../../renderer/export/pdf.ts';
import { resvgPngFormat } from '../../renderer/export/png-resvg.ts';
import { svgFormat } from '../../renderer/export/svg.ts';

const FONTS = {
  word: '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  wordBold: '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
  mono: '@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf',
  monoBold: '@expo-google-fonts/jetbrains-mono/700Bold/JetBrainsMono_700Bold.ttf',
} as const;

export function cliFormats(): readonly ExportFormat[] {
  const require = createRequire(import.meta.url);
  const file = (name: keyof typeof FONTS): string => require.resolve(FONTS[name]);
  const names = ['word', 'wordBold', 'mono', 'monoBold'] as const;
  const pdf = pdfFormat(async () => ({
    word: await readFile(file('word')),
    wordBold: await readFile(file('wordBold')),
    mono: await readFile(file('mono')),
    monoBold: await readFile(file('monoBold')),
  }));
  return [svgFormat, pdf, resvgPngFormat(names.map(file))];
}
