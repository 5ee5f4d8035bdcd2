/** The file that keeps a notebook of findings: what the system opens with Headlight. */
export const SESSION_EXTENSION = 'headlight';
export const MIME_TYPE = 'application/x-headlight';
