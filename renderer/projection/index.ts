/** Projections of points into two or three dimensions: pure functions, and a worker that runs them beside the page. */
export { adjusted, jointPoints } from './joint.ts';
export type { JointAdjustment, JointInput, JointPoints } from './joint.ts';
export { adjustmentOf, measureJoint } from './joint-parts.ts';
export type { JointMeasure, JointParts } from './joint-parts.ts';
export { applyPca, fitPca } from './pca.ts';
export { preservationOf } from './preservation.ts';
export type { PreservationOptions } from './preservation.ts';
export { REDUCED_FROM, REDUCED_TO, runProjection } from './run.ts';
export { leastPoints } from './least.ts';
export * from './types.ts';
