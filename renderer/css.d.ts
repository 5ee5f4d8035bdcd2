/** Style sheets are imported for their effect; Vite bundles them. */
declare module '*.css';

/** A font as a file of the built page: its address. */
declare module '*.ttf?url' {
  const url: string;
  // eslint-disable-next-line no-restricted-syntax -- Vite's own way
  export { url as default };
}
