export * from './bridge.ts';
export * from './contract.ts';
export * from './errors.ts';
export * from './intervention.ts';
export * from './menu.ts';
export * from './model.ts';
export * from './trace.ts';
export * from './wire.ts';
