/** What views call the rows of their data. */
export type { DataRow } from '../figures/figure-data.ts';
