/** svg-to-pdfkit has no types of its own: what we use of it. */
declare module 'svg-to-pdfkit' {
  interface Options {
    /** True: px of the SVG are points of the page. */
    readonly assumePt?: boolean;
    readonly fontCallback?: (family: string, bold: boolean, italic: boolean) => string;
    readonly warningCallback?: (message: string) => void;
  }
  function svgToPdf(document: PDFKit.PDFDocument, svg: string, x: number, y: number, options?: Options): void;
  // eslint-disable-next-line no-restricted-syntax -- the package's own way
  export { svgToPdf as default };
}
