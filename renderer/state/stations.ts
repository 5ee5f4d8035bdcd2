/** The ribbon's stations, in the order of the computation: one table that the ribbon, the stage and the keys read. */

export const STATIONS = [
  { id: 'tokens', inHead: false, figure: 'tokens' },
  { id: 'embedding', inHead: false, figure: 'vectors' },
  { id: 'qkv', inHead: true, figure: 'qkv' },
  { id: 'scores', inHead: true, figure: 'matrix' },
  { id: 'scaled', inHead: true, figure: 'matrix' },
  { id: 'masked', inHead: true, figure: 'matrix' },
  { id: 'pattern', inHead: true, figure: 'matrix' },
  { id: 'context', inHead: true, figure: 'vectors' },
  { id: 'output', inHead: true, figure: 'vectors' },
  { id: 'residual', inHead: false, figure: 'vectors' },
  { id: 'final', inHead: false, figure: 'vectors' },
  { id: 'prediction', inHead: false, figure: 'prediction' },
] as const;

export type StationRow = (typeof STATIONS)[number];
export type Station = StationRow['id'];
/** Stations whose figure is a query × key matrix of the selected head. */
export type MatrixStation = Extract<StationRow, { figure: 'matrix' }>['id'];
/** Stations whose figure is a token × dimension matrix. */
export type VectorStation = Extract<StationRow, { figure: 'vectors' }>['id'];

export function stationRow(id: Station): StationRow {
  const row = STATIONS.find((station) => station.id === id);
  if (row === undefined) throw new Error(`invalid station: ${id}`);
  return row;
}

/** Whether the walk of one token has a figure of its own there; the others show the same in both modes. */
export const isWalked = (id: Station): boolean => !['tokens', 'final', 'prediction'].includes(id);

/** Every station, in order. */
export const ALL_STATIONS: readonly Station[] = STATIONS.map(({ id }) => id);

/** The station `by` places further on in `among`; the ends stay where they are. */
export function stepStation(id: Station, by: number, among: readonly Station[] = ALL_STATIONS): Station {
  const next = Math.min(among.length - 1, Math.max(0, among.indexOf(id) + by));
  return among[next] ?? id;
}
