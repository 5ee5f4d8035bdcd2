/** PDF: the figure's own shapes and words as vectors, our fonts inside, large matrices as lossless pictures. No browser needed. */
import { painted } from './background.ts';
import type { ExportFormat } from './format.ts';
import { NAMESPACE } from '../figures/frame.ts';
import { joinBytes } from '../figures/png.ts';
import { provenanceJson } from './provenance.ts';
import type { Provenance } from './provenance.ts';
import { svgDocument } from './svg.ts';

/** The faces that figures use, as TTF files. */
export const PDF_FACES = ['word', 'wordBold', 'mono', 'monoBold'] as const;
export type PdfFace = (typeof PDF_FACES)[number];
export type PdfFonts = Readonly<Record<PdfFace, Uint8Array>>;

/** PDF counts in points, figures in px of 96 to an inch. */
const POINTS = 72 / 96;
/** The same date in every file, so that the same figure is the same bytes. */
const MADE = new Date(Date.UTC(1980, 0, 1));
/** The information dictionary's own key, beside Title and Creator. */
export const PDF_KEY = 'Headlight';

/** @param fonts reads the font files when the first PDF is made; characters that they lack are drawn as empty boxes */
export function pdfFormat(fonts: () => Promise<PdfFonts>): ExportFormat {
  return {
    id: 'pdf',
    label: 'PDF',
    extension: 'pdf',
    mimeType: 'application/pdf',
    encode: async (whole, { provenance, transparent }) => {
      const svg = transparent === true ? painted(whole, true) : (whole.cloneNode(true) as SVGSVGElement);
      // Loaded with the first PDF: they are larger than the rest of the app's own code.
      const [{ default: Document }, { default: draw }, faces] = await Promise.all([
        import('pdfkit'),
        import('svg-to-pdfkit'),
        fonts(),
      ]);
      const size = [number(svg, 'width') * POINTS, number(svg, 'height') * POINTS] satisfies [number, number];
      // pdfkit takes a font's bytes, which its types leave out of this option.
      const font = faces.word as unknown as string;
      const document = new Document({ size, margin: 0, font, info: info(svg, provenance), lang: 'en' });
      const pieces: Uint8Array[] = [];
      const end = new Promise<void>((resolve, reject) => {
        document.on('data', (piece: Uint8Array) => pieces.push(piece));
        document.on('end', resolve);
        document.on('error', reject);
      });
      const [inWords, , inMono] = PDF_FACES.map((face) => register(document, face, faces[face]));
      if (inWords && inMono) wordsForMissing(svg, inMono, inWords);
      draw(document, svgDocument(svg, provenance), 0, 0, { fontCallback: faceOf, warningCallback: () => undefined });
      document.end();
      await end;
      return joinBytes(pieces);
    },
  };
}

/** pdfkit's font, as far as it is reached into here. */
interface OpenFont {
  readonly _font: {
    readonly font: {
      hasGlyphForCodePoint(code: number): boolean;
      layout(text: string, features?: Readonly<Record<string, boolean>>): unknown;
    };
  };
}

/** Without contextual shapes: JetBrains Mono would join `->` and `--`, which are tokens as they stand, and not every joint has a glyph. */
function register(document: PDFKit.PDFDocument, face: PdfFace, bytes: Uint8Array): HasGlyph {
  document.registerFont(face, bytes);
  const { font } = (document.font(face) as unknown as OpenFont)._font;
  const layout = font.layout.bind(font);
  font.layout = (text, features) => layout(text, { ...features, calt: false });
  return (character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}

type HasGlyph = (character: string) => boolean;

/** Characters that the mono font lacks and the font of words has, such as a raised minus, are written in that; others stay as they are. */
function wordsForMissing(svg: SVGSVGElement, inMono: HasGlyph, inWords: HasGlyph): void {
  for (const text of [...svg.querySelectorAll('text, tspan')]) {
    const family = text.closest('[font-family]')?.getAttribute('font-family') ?? '';
    if (!faceOf(family, false).startsWith('mono')) continue;
    for (const node of [...text.childNodes]) {
      if (node.nodeType !== TEXT_NODE) continue;
      const parts = runsOf(node.nodeValue ?? '', (character) => !inMono(character) && inWords(character));
      if (!parts.some(({ isOther }) => isOther)) continue;
      for (const { run, isOther } of parts) {
        const part = svg.ownerDocument.createElementNS(NAMESPACE, 'tspan');
        part.textContent = run;
        if (isOther) part.setAttribute('font-family', 'Inter');
        text.insertBefore(part, node);
      }
      node.remove();
    }
  }
}

const TEXT_NODE = 3;

/** A text cut where `isOther` changes. */
function runsOf(text: string, isOther: HasGlyph): readonly { readonly run: string; readonly isOther: boolean }[] {
  const runs: { run: string; isOther: boolean }[] = [];
  for (const character of text) {
    const other = isOther(character);
    const last = runs.at(-1);
    if (last?.isOther === other) last.run += character;
    else runs.push({ run: character, isOther: other });
  }
  return runs;
}

function number(svg: SVGSVGElement, name: string): number {
  const value = Number(svg.getAttribute(name));
  if (!(value > 0)) throw new RangeError(`invalid figure: its ${name} is ${svg.getAttribute(name) ?? 'missing'}`);
  return value;
}

function faceOf(family: string, bold: boolean): PdfFace {
  const isMono = /^\s*["']?JetBrains/.test(family);
  if (isMono) return bold ? 'monoBold' : 'mono';
  return bold ? 'wordBold' : 'word';
}

/** pdfkit writes what is not ASCII as UTF-16, and escapes what ends a string. */
function info(svg: SVGSVGElement, provenance: Provenance): PDFKit.DocumentInfo {
  const creator = `Headlight ${provenance.version}`;
  return {
    Title: svg.querySelector('title')?.textContent ?? provenance.figure,
    Creator: creator,
    Producer: `${creator}, pdfkit`,
    CreationDate: MADE,
    [PDF_KEY]: provenanceJson(provenance),
  } as PDFKit.DocumentInfo;
}
