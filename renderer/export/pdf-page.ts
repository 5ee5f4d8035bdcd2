/** PDF in a page: the fonts are files of the app, read when the first PDF is made. */
import wordBold from '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url';
import word from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url';
import monoBold from '@expo-google-fonts/jetbrains-mono/700Bold/JetBrainsMono_700Bold.ttf?url';
import mono from '@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf?url';
import { pdfFormat } from './pdf.ts';

export const pagePdfFormat = pdfFormat(async () => {
  const read = async (url: string): Promise<Uint8Array> => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The font ${url} could not be read (${response.status}).`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const [a, b, c, d] = await Promise.all([read(word), read(wordBold), read(mono), read(monoBold)]);
  return { word: a, wordBold: b, mono: c, monoBold: d };
});
