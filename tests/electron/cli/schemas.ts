/** Validators of the contract that CLI tests check JSON with. */
export { intervention, prediction, token } from '../../../electron/api/index.ts';
export { z } from '../../../electron/api/schema.ts';
