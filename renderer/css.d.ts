/** Style sheets are imported for their effect; Vite bundles them. */
declare module '*.css';

/** A font as a file of the built page: its address. */
declare module '*.ttf?url' {
  const url: string;
  export default url;
}
