/** The export formats of the command line. */
import { createRequire } from 'node:module';
import type { ExportFormat } from '../../renderer/export/format.ts';
import { resvgPngFormat } from '../../renderer/export/png-resvg.ts';
import { svgFormat } from '../../renderer/export/svg.ts';

const FONTS = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
  '@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf',
  '@expo-google-fonts/jetbrains-mono/700Bold/JetBrainsMono_700Bold.ttf',
];

export function cliFormats(): readonly ExportFormat[] {
  const require = createRequire(import.meta.url);
  return [svgFormat, resvgPngFormat(FONTS.map((file) => require.resolve(file)))];
}
