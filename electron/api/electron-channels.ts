/** The two Electron channels that carry the whole contract; preload and main agree on them here. */
export const REQUEST_CHANNEL = 'headlight:request';
export const EVENT_CHANNEL = 'headlight:event';
